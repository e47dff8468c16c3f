import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, removeFile } from './fs.ts';
import { startOf } from './processes.ts';

/** The names of unfinished files of `takeLock` and `writeDurable`, with the pid of their writer. */
const unfinished = /^\.(?:lock\.(\d+)\.[0-9a-f]{8}|.+\.(\d+)\.[0-9a-f]{8}\.tmp)$/;

/**
 * Removes the unfinished files of dead processes from a folder, and returns their paths. Files of living processes and all other files
 * stay. `died`: a process known to be dead, even if another process has the same pid now. In a container, this other process is often
 * perf-gate itself.
 */
export function sweepTemporary(dir: string, died?: number): string[] {
  const files = unfinishedIn(dir, died).map((name) => join(dir, name));
  for (const file of files) removeFile(file);
  return files;
}

/** The names of the unfinished files of dead processes in a folder. */
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
 * Removes all temporary folders from which files were being restored into the work tree. The caller must hold the lock of the work tree,
 * because only the holder of this lock makes such folders.
 */
export function sweepStaging(local: string): void {
  sweepNamed(local, /^restore-\d+-/);
}

/** Removes the folders of `temporaryDir(dir, prefix)` whose process has ended. */
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
