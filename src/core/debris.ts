import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, removeFile } from './fs.ts';
import { startOf } from './processes.ts';

/** The names that `writeDurable` and `takeLock` give to what is not finished: with the pid of the writer. */
const unfinished = /^\.(?:lock\.(\d+)\.[0-9a-f]{8}|.+\.(\d+)\.[0-9a-f]{8}\.tmp)$/;

/**
 * Removes what killed processes left half-written in a folder. What a living process writes stays, and so does a file of any other name.
 * `died`: a process that is known to be gone, whoever has its number now; in a container that is often the one that asks. Gives what went.
 */
export function sweepTemporary(dir: string, died?: number): string[] {
  const files = unfinishedIn(dir, died).map((name) => join(dir, name));
  for (const file of files) removeFile(file);
  return files;
}

/** The names of those files. */
export function unfinishedIn(dir: string, died?: number): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => {
    const [, lock, file] = unfinished.exec(name) ?? [];
    const pid = Number(lock ?? file);
    return !Number.isNaN(pid) && (pid === died || startOf(pid) === undefined);
  });
}

/** Removes the temporary folders of a process that was killed (see `temporaryDir`). */
export function sweepFoldersOf(died: number): void {
  sweepNamed(tmpdir(), new RegExp(`^perf-gate-(index|blob|rules)-${died}-`));
}

/** The same for contents that were on their way into the work tree. Only who holds its lock has any there, so that all of them go. */
export function sweepStaging(local: string): void {
  sweepNamed(local, /^restore-\d+-/);
}

/** Removes folders of a `temporaryDir(dir, prefix)` whose process has ended. */
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
