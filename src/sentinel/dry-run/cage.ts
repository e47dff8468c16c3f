import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Room } from '../../cage/room.ts';
import type { Contact } from '../../cage/sink/sink.ts';
import type { Placed } from '../../cage/visit.ts';
import type { Place, Session } from './session.ts';

/** Which network a hook finds: none, one that answers and leads nowhere, or that of the machine. */
export type CageNetwork = 'off' | 'sink' | 'real';

/** How closed a cage is: writes are kept in memory (`overlay`), or go into copies beside which everything is read-only (`copies`). */
export type CageLevel = 'overlay' | 'copies';

/** A place where foreign hooks run: they find the project, HOME and the client's folder, and nothing that they do stays. */
export type Cage = {
  level: CageLevel;
  walls: Room['walls'];
  network: CageNetwork;
  /** What hooks do not see, as paths outside. */
  masked: readonly string[];
  /** Where things stand, as hooks see them. */
  place: Place;
  /** Where hooks see one of the folders that stand in the place of others. */
  seen: (at: string) => string;
  /** A session of the client; the one of number 0 has a transcript already. */
  session: (number: number) => Session;
  /** Its folder for temporary files, outside and as hooks see it. */
  tmp: { folder: string; at: string };
  /** A folder that no hook sees. */
  outputs: string;
  enter: (argv: readonly [string, ...string[]], as?: number) => [string, ...string[]];
  /** The CPU time in ms of all that runs in it now; null where nobody can tell. */
  cpuMs: (() => number) | null;
  /** What was reached since the last call; null where nobody watches. */
  contacts: () => Promise<Contact[] | null>;
  close: () => void;
};

/**
 * What cages are made for. `data`: where plugins keep data; `plugins`: their own folders; `seed`: names the sessions; `files`: what hooks
 * find in the place of what stands there.
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

/** Where the project, HOME and the client's folder really are. */
export function placeOf(project: string, env: NodeJS.ProcessEnv): Place {
  const home = realOf(env.HOME || homedir());
  return { project: realOf(project), home, client: realOf(env.CLAUDE_CONFIG_DIR || join(home, '.claude')) };
}

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path);
