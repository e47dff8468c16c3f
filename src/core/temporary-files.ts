import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, removeFile } from './fs.ts';
import { startOf } from './processes.ts';

/**
 * Matches the names of the temporary files of `takeLock` and `writeDurable`, which contain the pid of the writer. A file with such a name
 * was not finished.
 */
const unfinished = /^\.(?:lock\.(\d+)\.[0-9a-f]{8}|.+\.(\d+)\.[0-9a-f]{8}\.tmp)$/;

/**
 * Removes the unfinished files of ended processes from a folder, and returns their paths. Files of living processes and all other files
 * stay. `died`: the pid of a process that has certainly ended, even if another process now has the same pid. In a container, this other
 * process is often perf-gate itself.
 */
export function sweepTemporary(dir: string, died?: number): string[] {
  const files = unfinishedIn(dir, died).map((name) => join(dir, name));
  for (const file of files) removeFile(file);
  return files;
}

/** The names of the unfinished files of ended processes in a folder. */
export function unfinishedIn(dir: string, died?: number): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => {
    const [, lock, file] = unfinished.exec(name) ?? [];
    const pid = Number(lock ?? file);
    return !Number.isNaN(pid) && (pid === died || startOf(pid) === undefined);
  });
}

/** Removes the temporary folders of a killed process (see `temporaryDir`). */
export function sweepFoldersOf(died: number): void {
  sweepNamed(tmpdir(), new RegExp(`^perf-gate-(index|blob|rules|clone)-${died}-`));
}

/**
 * Removes the temporary folders of a process that was killed while it restored files of the work tree. The caller must hold the lock of the
 * work tree, which proves that no living process uses such a folder.
 */
export function sweepStaging(local: string): void {
  sweepNamed(local, /^restore-\d+-/);
}

/** Removes the folders that ended processes made with `temporaryDir(dir, prefix)`. */
export function sweepFoldersIn(dir: string, prefix: string): void {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir)) {
    const [, pid] = (name.startsWith(prefix) && /^(\d+)-/.exec(name.slice(prefix.length))) || [];
    if (pid !== undefined && startOf(Number(pid)) === undefined) remove(join(dir, name));
  }
}

function sweepNamed(dir: string, name: RegExp): void {
  if (!existsSync(dir)) return;
  for (const found of readdirSync(dir).filter((entry) => name.test(entry))) remove(join(dir, found));
}
