import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fullPlace } from '../core/disk.ts';
import { failure } from '../core/errors.ts';
import { makeDir, move, remove } from '../core/fs.ts';
import { userCache } from '../core/locate.ts';
import { takeLock } from '../core/lock.ts';
import { sweepFoldersOf } from '../core/temporary-files.ts';
import { quantity } from '../core/units.ts';
import type { World } from '../core/world.ts';
import { diskNeeded } from '../git/freeze.ts';
import type { Repo } from '../git/repo.ts';
import { type Arm, temporaryOf } from '../measure/sessions/arm.ts';

/** A file next to the frozen copy. It exists only if the copy is complete. It lists the copy's tree and the skipped files. */
export const WHOLE = 'frozen.json';

/** Arms lie outside the project, in the user's cache. */
const allArms = (env: NodeJS.ProcessEnv) => join(userCache(env), 'arms');

/**
 * The folder of a run's arms. The folder's name is a hash, so the name reveals neither run nor project and has the same length for every
 * run. The same run in another clone gets another folder.
 */
export function armsFolder(env: NodeJS.ProcessEnv, project: string, run: string): string {
  const name = createHash('sha256').update(`${project}\0${run}`).digest('hex').slice(0, 16);
  return join(allArms(env), name);
}

/**
 * Makes a folder for the arms of one command. `leave` removes the folder. If this process is killed, the next command removes the folder.
 */
export function temporaryFolder(
  env: NodeJS.ProcessEnv,
  name: 'preflight' | 'compare' | 'calibrate',
): { dir: string; leave(): void } {
  dropAbandoned(env);
  const dir = join(allArms(env), `${name}-${randomBytes(6).toString('hex')}`);
  // The lock is taken before the folder exists and released after the folder is gone. A folder is therefore abandoned if no living
  // process holds its lock.
  const lock = takeLock(lockOf(dir), name);
  makeDir(dir);
  const leave = () => {
    remove(dir);
    if ('release' in lock) lock.release();
  };
  return { dir, leave };
}

/**
 * Gives the folder with the copies of a pre-flight to the run that begins. The folder must be moved as a whole: moving a single file
 * changes its ctime, and the file would then count as changed. Does nothing if the run already has a folder of arms.
 */
export function handOver(from: string, to: string): void {
  if (!existsSync(from) || existsSync(join(to, WHOLE))) return;
  // without the file `WHOLE` the run compares the copy with the project, which could have changed since the copy was made
  remove(join(from, WHOLE));
  remove(to);
  move(from, to);
}

const lockOf = (dir: string) => `${dir}.lock`;

/**
 * Removes the folders of crashed processes. Also removes the arms of the project's runs that are listed in `ended`. Returns the number of
 * removed folders.
 */
export function dropStrayArms(env: NodeJS.ProcessEnv, project: string, ended: string[]): number {
  const folder = allArms(env);
  if (!existsSync(folder)) return 0;
  const own = new Set(ended.map((run) => basename(armsFolder(env, project, run))));
  const stray = readdirSync(folder).filter((name) => own.has(name));
  for (const name of stray) remove(join(folder, name));
  return stray.length + dropAbandoned(env);
}

/** Removes temporary folders whose process has ended, and returns the number of removed folders. */
export function dropAbandoned(env: NodeJS.ProcessEnv): number {
  const folder = allArms(env);
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder).flatMap(
    (name) => /^((?:preflight|compare|calibrate)-[^.]+)(?:\.lock)?$/.exec(name)?.[1] ?? [],
  );
  return [...new Set(names)].filter((name) => dropIfAbandoned(join(folder, name))).length;
}

function dropIfAbandoned(dir: string): boolean {
  const lock = takeLock(lockOf(dir), 'sweep');
  if ('heldBy' in lock) return false;
  if (lock.died) sweepFoldersOf(lock.died.pid);
  remove(dir);
  lock.release();
  return true;
}

/** The number of copies on the disk: the frozen copy and the two arms that are made from the frozen copy. */
const COPIES = 3;
const MB = 1024 ** 2;
/** A copy of at least this size (in bytes) takes noticeable time and disk space, so perf-gate prints a note about it. */
const LARGE = 1024 ** 3;

/**
 * Checks the free disk space before the first copy is made: all copies must fit. A file system that shares blocks between copies needs less
 * space, but it does not report how much it needs.
 * @throws no_space
 */
export async function mustHaveRoom(at: { repo: Repo; folder: string; world: World }): Promise<void> {
  const { repo, folder, world } = at;
  makeDir(folder);
  const { bavail, bsize } = statfsSync(folder);
  const { bytes, largest } = await diskNeeded(repo);
  const [needed, free] = [COPIES * bytes, bavail * bsize];
  if (needed > free) {
    const [needed_mb, free_mb] = [Math.ceil(needed / MB), Math.floor(free / MB)];
    throw failure('no_space', { path: folder, needed_mb, free_mb, largest: largest.path });
  }
  if (bytes < LARGE) return;
  const text = `perf-gate copies ${quantity(bytes, 'bytes')} for each arm. The largest part is ${largest.path} (${quantity(largest.bytes, 'bytes')}). \`isolation: worktree\` copies only tracked files.`;
  world.notify({ kind: 'note', text });
}

/**
 * Throws if the disk is full, because a command that fails on a full disk says nothing about the code.
 * @throws disk_full
 */
export function mustHaveRoomLeft(arm: Arm): void {
  const full = fullPlace([arm.dir, temporaryOf(arm)]);
  if (full) throw failure('disk_full', { path: full });
}
