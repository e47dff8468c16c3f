import { join } from 'node:path';
import { cloneFile, removeFile, share, writeWhole } from '../core/fs.ts';
import { copyEntry, type Entry, entriesOf } from './copy-tree.ts';
import { type Family, isUntouchedCopy, mended } from './frozen-copy.ts';
import { madeAt, markMade, unmark } from './marks.ts';
import { mirror, type OnCopy } from './mirror.ts';

/**
 * The arm to make, the other arms, and the frozen copy from which they are made. `changed`: paths that git writes into the arm later
 * anyway. Sharing the files of these paths is therefore useless.
 */
type Arm = { dir: string; others: readonly string[]; project: string; frozen: string; changed: readonly string[] };

/**
 * Gives an arm the same files as the frozen copy. A file of the arm is kept if nothing has changed it since the arm was last made. An arm
 * may share any other file with the frozen copy by a hard link, but only while the other arm has a separate, untouched copy. The untouched
 * copy shows that the measured program does not write the file. If this arm does write the file, the frozen copy is restored from the
 * untouched copy. The arms therefore never share a file with each other, and an untouched copy of every shared file remains. If the file
 * system can clone files, nothing is shared.
 * @throws frozen_changed
 */
export async function likeFrozen(
  { dir, others, project, frozen, changed }: Arm,
  onCopy: OnCopy | undefined,
): Promise<void> {
  const family: Family = { frozen, arms: [...others, dir], project };
  const entries = await mended(family);
  const make = (entry: Entry) => copyEntry(join(frozen, entry.path), join(dir, entry.path), entry).then(() => {});
  const progress = onCopy ? { onCopy } : {};
  if (entries === null) {
    // The frozen copy itself was changed, and not only through a file that an arm shares. `markMade` is not called for the copy, so that
    // perf-gate reports the change at the end of the session. `unmark` ensures that no file of the arm counts as untouched.
    unmark(dir);
    await mirror(await entriesOf(frozen), dir, { keeps: () => false, make, ...progress });
    return;
  }
  const made = { frozen: madeAt(frozen) ?? 0, dir: madeAt(dir) ?? 0 };
  const copies = others.map((other) => ({ other, at: madeAt(other) }));
  const clones = canClone(frozen);
  const written = new Set(changed);
  const mayShare = (entry: Entry) =>
    !clones &&
    entry.kind === 'file' &&
    !isBelow(entry.path, written) &&
    copies.some(({ other, at }) => isUntouchedCopy(other, entry, at));
  await mirror(entries, dir, {
    keeps: (entry, found) =>
      found.ino === entry.stat?.ino ? found.ctimeMs <= made.frozen && mayShare(entry) : found.ctimeMs <= made.dir,
    async make(entry) {
      if (!mayShare(entry) || !share(join(frozen, entry.path), join(dir, entry.path))) await make(entry);
    },
    ...progress,
  });
  await markMade(dir);
  await markMade(frozen); // hard links were added and removed, so files of the frozen copy have new change times
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (folders.has(path.slice(0, end))) return true;
  }
  return false;
}

function canClone(dir: string): boolean {
  const [from, to] = [`${dir}.cloned`, `${dir}.clone`];
  writeWhole(from, 'x');
  const can = cloneFile(from, to);
  for (const file of [from, to]) removeFile(file);
  return can;
}
