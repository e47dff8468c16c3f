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

/** Removes the temporary folders of a process that was killed (see `temporaryDir`); `local` is the folder of its work tree for such. */
export function sweepFoldersOf(pid: number, local: string): void {
  for (const dir of [tmpdir(), local].filter(existsSync)) {
    const own = readdirSync(dir).filter((name) =>
      new RegExp(`^(perf-gate-(index|blob|rules)|restore)-${pid}-`).test(name),
    );
    for (const name of own) remove(join(dir, name));
  }
}
