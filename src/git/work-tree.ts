import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { move, remove, removeEmptyDir, removeFile, temporaryDir } from '../core/fs.ts';
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
 * How changes are written. `keep`: a folder that stays even when it becomes empty. `staging`: a folder on the same file system where
 * contents are written first, so that each file is replaced in one step and a crash leaves no half of it; null where nobody would care.
 */
export type Manner = { keep: string; staging: string | null };

/**
 * Carries changes out on disk, whatever is there: removals, then the folders that became empty, then contents through
 * git's filters. The paths that could not be written, because a folder or link of somebody else is in the way, are returned.
 */
export async function carryOut(place: Place, changed: readonly Change[], { keep, staging }: Manner): Promise<string[]> {
  for (const change of changed) {
    if (isAfter(change)) continue;
    if (isFile(place.root, change.path)) removeFile(join(place.root, change.path));
    // Also where the file is gone already: a crash may have come before its folders went.
    pruneEmpty(place.root, dirname(change.path), keep);
  }
  const wanted = changed.filter(isAfter);
  const blocked = wanted.filter((change) => isBlocked(place.root, change.path));
  const free = wanted.filter((change) => !blocked.includes(change));
  // Attributes say how the other files are written, so they come first.
  const isAttributes = (change: Change) => /(^|\/)\.gitattributes$/.test(change.path);
  for (const part of [free.filter(isAttributes), free.filter((change) => !isAttributes(change))]) {
    if (staging === null) await checkOut(place, part);
    else await replace(place, part, { keep, staging });
  }
  return blocked.map((change) => change.path);
}

/** `prefix`: a folder, with a slash at its end, that stands for the root. Filters go by the path without it. */
async function checkOut(place: Place, changed: readonly Change[], prefix = ''): Promise<void> {
  if (changed.length === 0) return;
  await withOwnIndex(async (index) => {
    await setEntries(place, index, changed);
    await git(place, ['checkout-index', '--all', '--force', `--prefix=${prefix}`], { env: index });
  });
}

/** git writes a file where it stands, bit by bit: a crash in between would leave what nobody wrote. */
async function replace(
  place: Place,
  changed: readonly Change[],
  { keep, staging }: { keep: string; staging: string },
): Promise<void> {
  if (changed.length === 0) return;
  const dir = temporaryDir(staging, 'restore-');
  try {
    await checkOut(place, changed, `${dir}/`);
    for (const { path } of changed) move(join(dir, path), join(place.root, path));
  } finally {
    remove(dir);
    pruneEmpty(place.root, relative(place.root, staging), keep);
  }
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
    if (!removeEmptyDir(join(root, dir)) && existsSync(join(root, dir))) return;
  }
}
