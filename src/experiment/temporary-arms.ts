import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sweepFoldersOf } from '../core/debris.ts';
import { makeDir, remove } from '../core/fs.ts';
import { takeLock } from '../core/lock.ts';
import { armsPlace } from './arms-folder.ts';

/** A folder for arms that nobody comes back to: `leave` removes it, and where this process is killed, the next one does. */
export function passingPlace(
  env: NodeJS.ProcessEnv,
  name: 'preflight' | 'compare' | 'calibrate',
): { dir: string; leave(): void } {
  dropPassed(env);
  const dir = join(armsFolder(env), `${name}-${randomBytes(6).toString('hex')}`);
  // The lock is there before the folder and goes after it, so that a folder without a living holder is nobody's.
  const lock = takeLock(lockOf(dir), name);
  makeDir(dir);
  const leave = () => {
    remove(dir);
    if ('release' in lock) lock.release();
  };
  return { dir, leave };
}

/** Removes the folders whose process is gone, and returns how many there were. */
export function dropPassed(env: NodeJS.ProcessEnv): number {
  const folder = armsFolder(env);
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder).flatMap(
    (name) => /^((?:preflight|compare|calibrate)-[^.]+)(?:\.lock)?$/.exec(name)?.[1] ?? [],
  );
  return [...new Set(names)].filter((name) => dropOne(join(folder, name))).length;
}

function dropOne(dir: string): boolean {
  const lock = takeLock(lockOf(dir), 'sweep');
  if ('heldBy' in lock) return false;
  if (lock.died) sweepFoldersOf(lock.died.pid);
  remove(dir);
  lock.release();
  return true;
}

const armsFolder = (env: NodeJS.ProcessEnv) => dirname(armsPlace(env, '', ''));
const lockOf = (dir: string) => `${dir}.lock`;
