import { join } from 'node:path';
import { remove } from '../core/fs.ts';
import { type Entry, entriesOf } from '../git/copy-tree.ts';
import { madeAt, markMade } from '../git/marks.ts';
import type { Arm } from '../measure/sessions/arm.ts';

/**
 * Records the files of a prepared arm. The returned function removes the files that were added after this call. If a file was changed or
 * removed, the function cannot undo this and returns false.
 */
export async function asPrepared({ own }: Arm): Promise<() => Promise<boolean>> {
  if (!own) return async () => false;
  const noted = await Promise.all(own.folders.map(async (dir) => ({ dir, before: await entriesOf(dir) })));
  for (const { dir } of noted) await markMade(dir);
  return async () => {
    const seen = await Promise.all(
      noted.map(async ({ dir, before }) => ({ dir, before, after: await entriesOf(dir) })),
    );
    if (!seen.every(holdsAll)) return false;
    for (const { dir, before, after } of seen) for (const path of added(before, after)) remove(join(dir, path));
    return true;
  };
}

type Seen = { dir: string; before: readonly Entry[]; after: readonly Entry[] };

function holdsAll({ dir, before, after }: Seen): boolean {
  const made = madeAt(dir) ?? Number.NEGATIVE_INFINITY;
  const found = new Map(after.map((entry) => [entry.path, entry]));
  return before.every(({ path, kind, stat }) => {
    const now = found.get(path);
    if (now?.kind !== kind) return false;
    // For a folder, only the mode is compared, because the folder's time changes with every entry that is added or removed.
    return kind === 'folder' ? now.stat?.mode === stat?.mode : now.stat !== null && now.stat.ctimeMs <= made;
  });
}

function added(before: readonly Entry[], after: readonly Entry[]): string[] {
  const known = new Set(before.map(({ path }) => path));
  return after.map(({ path }) => path).filter((path) => !known.has(path));
}
