import { dirname, join } from 'node:path';
import { removeEmptyDir, removeFile } from '../core/fs.ts';
import { type Change, isAfter, reversed } from './changes.ts';
import { git, type Place, tryGit } from './git.ts';
import { pathState } from './path-state.ts';
import { trackedChanges } from './snapshot.ts';
import { setEntries, withOwnIndex } from './temporary-index.ts';

/** Which of the changes the work tree already is at the `to` side of: content, type and executable bit, seen through git's filters. */
export async function atResult(place: Place, changed: readonly Change[]): Promise<Set<string>> {
  const gone = changed.filter((change) => !isAfter(change) && !isFile(place.root, change.path));
  // git passes over a path that it cannot look at, and silence must not count as equality.
  const present = changed.filter((change) => isAfter(change) && isFile(place.root, change.path));
  const same = await withOwnIndex(async (index) => {
    if (present.length === 0) return [];
    await setEntries(place, index, present);
    await tryGit(place, ['update-index', '-q', '--refresh'], { env: index }); // exits with 1 when a file differs
    const differing = await trackedChanges(place, index);
    const other = new Set([...differing.deleted, ...differing.written]);
    return present.filter((change) => !other.has(change.path));
  });
  return new Set([...gone, ...same].map((change) => change.path));
}

/** Which of the changes the work tree still is at the `from` side of. */
export function atStart(place: Place, changed: readonly Change[]): Promise<Set<string>> {
  return atResult(place, changed.map(reversed));
}

/**
 * Carries changes out on disk, whatever is there: removals, then the folders that became empty, then contents through
 * git's filters. The paths that could not be written, because a folder or link of somebody else is in the way, are returned.
 */
export async function carryOut(place: Place, changed: readonly Change[], keep: string): Promise<string[]> {
  for (const change of changed) {
    if (isAfter(change) || !isFile(place.root, change.path)) continue;
    removeFile(join(place.root, change.path));
    pruneEmpty(place.root, dirname(change.path), keep);
  }
  const wanted = changed.filter(isAfter);
  const blocked = wanted.filter((change) => isBlocked(place.root, change.path));
  const free = wanted.filter((change) => !blocked.includes(change));
  // Attributes say how the other files are written, so they come first.
  const isAttributes = (change: Change) => /(^|\/)\.gitattributes$/.test(change.path);
  await checkOut(place, free.filter(isAttributes));
  await checkOut(
    place,
    free.filter((change) => !isAttributes(change)),
  );
  return blocked.map((change) => change.path);
}

async function checkOut(place: Place, changed: readonly Change[]): Promise<void> {
  if (changed.length === 0) return;
  await withOwnIndex(async (index) => {
    await setEntries(place, index, changed);
    await git(place, ['checkout-index', '--all', '--force'], { env: index });
  });
}

/** `checkout-index --force` would empty a folder or drop a link that stands in its way; it must not come to that. */
function isBlocked(root: string, path: string): boolean {
  return ['folder', 'blocked'].includes(pathState(root, path));
}

/** A folder is no file, and what lies behind a link is not at this path. */
function isFile(root: string, path: string): boolean {
  return ['file', 'link', 'special'].includes(pathState(root, path));
}

/** Removes a folder that became empty, and those above it, up to the root or the folder that must stay. */
function pruneEmpty(root: string, folder: string, keep: string): void {
  for (let dir = folder; dir !== '.' && !`${keep}/`.startsWith(`${dir}/`); dir = dirname(dir)) {
    if (!removeEmptyDir(join(root, dir))) return;
  }
}
