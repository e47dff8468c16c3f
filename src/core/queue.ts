import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { remove, writeDurable } from './fs.ts';
import { holderOf, type LiveHolder, ourselves } from './lock.ts';
import { isStopped } from './processes.ts';
import { sweepTemporary } from './temporary-files.ts';

/**
 * A place in a queue of processes. The queue is a folder with one numbered file per process. The queue decides only which process is
 * next; a lock decides which process works. Two processes that come at the same instant may get the same number; their order does not
 * matter.
 */
export type PlaceInQueue = {
  /**
   * The processes that joined the queue earlier and still wait. A stopped process (Ctrl-Z) keeps its place in the queue, but is left out
   * while it is stopped.
   */
  before(): LiveHolder[];
  leave(): void;
};

/** Takes the last place. Places of processes that have died are removed. */
export function joinQueue(dir: string, what: string): PlaceInQueue {
  const numbers = namesIn(dir).map((name) => Number.parseInt(name, 10));
  const number = String(Math.max(0, ...numbers) + 1).padStart(8, '0');
  const name = `${number}-${randomBytes(6).toString('hex')}`;
  writeDurable(join(dir, name), JSON.stringify(ourselves(what)));
  sweepTemporary(dir);
  for (const other of namesIn(dir)) if (!holderOf(join(dir, other))) remove(join(dir, other));
  return {
    before: () => waiting(dir, (other) => other < name).filter(({ pid }) => !isStopped(pid)),
    leave: () => remove(join(dir, name)),
  };
}

/** All processes in the queue, in the order of arrival; `since` is the time of arrival. */
export const queueIn = (dir: string): LiveHolder[] => waiting(dir, () => true);

/** The living processes of a queue whose places `which` selects. */
function waiting(dir: string, which: (name: string) => boolean): LiveHolder[] {
  return namesIn(dir)
    .filter(which)
    .flatMap((name) => holderOf(join(dir, name)) ?? []);
}

function namesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => /^\d{8}-/.test(name))
    .sort();
}
