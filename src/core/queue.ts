import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { remove, writeDurable } from './fs.ts';
import { holderOf, type LiveHolder, ourselves } from './lock.ts';
import { isStopped } from './processes.ts';
import { sweepTemporary } from './temporary-files.ts';

/**
 * A position in a queue of processes. The queue is a folder with one numbered file per process. The queue decides only which process is
 * next. A lock ensures that only one process works at a time. Two processes that join at the same moment can get the same number. The
 * random characters after the number then decide their order.
 */
export type PlaceInQueue = {
  /**
   * The processes that joined the queue earlier and still wait. A stopped process (Ctrl-Z) keeps its position in the queue, but is left out
   * while it is stopped.
   */
  before(): LiveHolder[];
  leave(): void;
};

/** Adds this process to the end of the queue. Processes that have ended are removed from the queue. */
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

/** All processes in the queue, in the order in which they joined it. `since`: the time at which the process joined. */
export const queueIn = (dir: string): LiveHolder[] => waiting(dir, () => true);

/** The living processes in a queue. `which` selects the files of the queue by their names. */
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
