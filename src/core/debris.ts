import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, removeFile } from './fs.ts';
import { startOf } from './processes.ts';

/** The names that `writeDurable` and `takeLock` give to what is not finished: with the pid of the writer. */
const unfinished = /^\.(?:lock\.(\d+)\.[0-9a-f]{8}(?:\.stale)?|.+\.(\d+)\.[0-9a-f]{8}\.tmp)$/;

/** Removes what killed processes left half-written in a folder. What a living process writes stays, and so does a file of any other name. */
export function sweepTemporary(dir: string): void {
  for (const name of unfinishedIn(dir)) removeFile(join(dir, name));
}

/** The names of those files. */
export function unfinishedIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => {
    const [, lock, file] = unfinished.exec(name) ?? [];
    const pid = lock ?? file;
    return pid !== undefined && startOf(Number(pid)) === undefined;
  });
}

/** Removes the temporary folders of a process that was killed (see `temporaryDir`). */
export function sweepFoldersOf(pid: number): void {
  const own = readdirSync(tmpdir()).filter((name) => new RegExp(`^perf-gate-(index|blob|rules)-${pid}-`).test(name));
  for (const name of own) remove(join(tmpdir(), name));
}
