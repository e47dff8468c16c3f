import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Room } from '../../cage/room.ts';
import type { Contact } from '../../cage/sink/sink.ts';
import type { Placed } from '../../cage/visit.ts';
import type { Place, Session } from './session.ts';

/** The network of a hook: no network, a sink (a false network that answers every request), or the machine's network. */
export type CageNetwork = 'off' | 'sink' | 'real';

/** How a cage keeps hooks from changing real files. `overlay`: writes are kept in memory. `copies`: hooks can write only into copies. */
export type CageLevel = 'overlay' | 'copies';

/**
 * A cage, in which untrusted hooks run. Inside the cage, hooks find the project, HOME and Claude Code's folder. All changes by hooks are
 * discarded.
 */
export type Cage = {
  level: CageLevel;
  walls: Room['walls'];
  network: CageNetwork;
  /** Real paths that are hidden from hooks. */
  masked: readonly string[];
  /** The project, HOME and Claude Code's folder, with their paths as hooks see them. */
  place: Place;
  /** The path at which hooks find the file or folder whose real path is `at`, for example the path of its copy. */
  seen: (at: string) => string;
  /** A session of Claude Code. Session 0 already has a transcript. */
  session: (number: number) => Session;
  /** The folder for temporary files: its real path, and its path as hooks see it. */
  tmp: { folder: string; at: string };
  /** The folder that receives what hooks print. This folder is hidden from hooks. */
  outputs: string;
  enter: (argv: readonly [string, ...string[]], as?: number) => [string, ...string[]];
  /** The CPU time in ms of all processes that are in the cage now. Null if it cannot be measured. */
  cpuMs: (() => number) | null;
  /** The hosts that hooks contacted since the last call of this function. Null if contacts are not recorded. */
  contacts: () => Promise<Contact[] | null>;
  close: () => void;
};

/**
 * The parameters of cages. `data`: the data folders of plugins. `plugins`: the plugins' own folders. `seed`: determines the sessions.
 * `files`: files and folders that hooks find instead of the real ones.
 */
export type Wanted = {
  place: Place;
  seed: string;
  plugins: readonly string[];
  data: readonly string[];
  files: readonly Placed[];
  network: CageNetwork;
  delayMs: number;
  env: NodeJS.ProcessEnv;
};

/** The real paths of the project, HOME and Claude Code's folder. */
export function placeOf(project: string, env: NodeJS.ProcessEnv): Place {
  const home = realOf(env.HOME || homedir());
  return { project: realOf(project), home, client: realOf(env.CLAUDE_CONFIG_DIR || join(home, '.claude')) };
}

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path);
