import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Room } from '../../cage/room.ts';
import type { Contact } from '../../cage/sink/sink.ts';
import type { Placed } from '../../cage/visit.ts';
import type { Place, Session } from './session.ts';

/** The network of a hook: none, a sink that answers and leads nowhere, or the machine's. */
export type CageNetwork = 'off' | 'sink' | 'real';

/** How a cage contains writes: they are kept in memory (`overlay`), or go into copies, and everything else is read-only (`copies`). */
export type CageLevel = 'overlay' | 'copies';

/** A place where foreign hooks run: they find the project, HOME and the client's folder, and all their changes are discarded. */
export type Cage = {
  level: CageLevel;
  walls: Room['walls'];
  network: CageNetwork;
  /** Paths outside that are hidden from hooks. */
  masked: readonly string[];
  /** The folders as hooks see them. */
  place: Place;
  /** The path at which hooks see a file or folder that replaces another. */
  seen: (at: string) => string;
  /** A session of the client; session 0 already has a transcript. */
  session: (number: number) => Session;
  /** The folder for temporary files: its path outside, and as hooks see it. */
  tmp: { folder: string; at: string };
  /** A folder that is hidden from hooks. */
  outputs: string;
  enter: (argv: readonly [string, ...string[]], as?: number) => [string, ...string[]];
  /** The CPU time in ms of all processes now in the cage; null if it cannot be measured. */
  cpuMs: (() => number) | null;
  /** The hosts that were contacted since the last call; null if contacts are not watched. */
  contacts: () => Promise<Contact[] | null>;
  close: () => void;
};

/**
 * The parameters of cages. `data`: the data folders of plugins; `plugins`: their own folders; `seed`: determines the sessions; `files`:
 * files and folders that hooks find instead of the real ones.
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

/** The real paths of the project, HOME and the client's folder. */
export function placeOf(project: string, env: NodeJS.ProcessEnv): Place {
  const home = realOf(env.HOME || homedir());
  return { project: realOf(project), home, client: realOf(env.CLAUDE_CONFIG_DIR || join(home, '.claude')) };
}

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path);
