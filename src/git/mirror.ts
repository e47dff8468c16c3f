import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { makeDir, remove, setMode } from '../core/fs.ts';
import { type Entry, folderMode, walk } from './copy-tree.ts';

/**
 * A callback after each file. The callback gets two numbers: the number of files made so far, and the number of all files to make.
 * Throwing ends the work.
 */
export type OnCopy = (done: number, total: number) => void;

/**
 * The functions with which `mirror` fills a folder. `keeps`: whether an existing entry of the same kind is still correct. `make`: makes an
 * entry at a free path.
 */
type Manner = { keeps(entry: Entry, found: Stats): boolean; make(entry: Entry): Promise<void>; onCopy?: OnCopy };

/** The number of files copied at the same time: a copy mostly waits for the disk or for a thread. */
const AT_ONCE = 8;

/**
 * Makes the folder `to` contain exactly these entries. Copies that are still correct stay, because comparing a large tree is much faster
 * than copying the tree again.
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

/** Calls `work` for each item, several at a time. After a first failure no further item is started, and the failure is thrown. */
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
