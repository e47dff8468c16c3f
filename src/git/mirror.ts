import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { makeDir, remove, setMode } from '../core/fs.ts';
import { type Entry, folderMode, walk } from './copy-tree.ts';

/** Told after each file: how many of those that had to be made are there. Throwing ends the work. */
export type OnCopy = (done: number, total: number) => void;

/**
 * How a folder is brought to a list of entries. `keeps`: whether what stands at the entry's path, of its kind, is still as it must be.
 * `make` makes an entry where nothing is.
 */
type Manner = { keeps(entry: Entry, found: Stats): boolean; make(entry: Entry): Promise<void>; onCopy?: OnCopy };

/** Files that are copied at the same time: a copy mostly waits, for the disk or for a thread. */
const AT_ONCE = 8;

/**
 * Makes the folder `to` hold these entries and nothing else. Copies that are still as they must be stay: comparing a large tree takes a
 * fraction of the time that copying it takes, and removing it first may take even longer.
 */
export async function mirror(entries: readonly Entry[], to: string, { keeps, make, onCopy }: Manner): Promise<void> {
  makeDir(to);
  const wanted = new Map(entries.map((entry) => [entry.path, entry]));
  const kept = new Set<string>();
  for await (const found of walk(to)) {
    const entry = wanted.get(found.path);
    if (entry?.kind === 'folder' && found.kind === 'folder') {
      kept.add(entry.path);
      const mode = folderMode(entry.stat);
      if ((found.stat.mode & 0o7777) !== mode) setMode(join(to, entry.path), mode);
    } else if (entry && found.kind !== 'special' && entry.kind === found.kind && keeps(entry, found.stat)) {
      kept.add(entry.path);
    } else remove(join(to, found.path));
  }
  const missing = entries.filter(({ path }) => !kept.has(path));
  for (const folder of missing) if (folder.kind === 'folder') await make(folder);
  const others = missing.filter(({ kind }) => kind !== 'folder');
  await eachOf(others, make, onCopy);
}

/** Does the work for each item, several at a time. The first failure ends it, once nothing is under way any more. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>, onDone?: OnCopy): Promise<void> {
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < items.length) {
      const item = items[next++]!;
      try {
        await work(item);
        onDone?.(++done, items.length);
      } catch (error) {
        next = items.length;
        throw error;
      }
      if (done % 100 === 0) await turn();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  const failed = ended.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
