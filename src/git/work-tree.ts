import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { move, remove, removeEmptyDir, removeFile, temporaryDir } from '../core/fs.ts';
import { type Change, isAfter, reversed } from './changes.ts';
import { git, type Place, tryGit } from './git.ts';
import { setEntries, withOwnIndex } from './index-files.ts';
import { type Modes, missingFolders, restoreMode } from './modes.ts';
import { trackedChanges } from './snapshot.ts';

/** The paths of the changes that the work tree already contains. Content, type and executable bit are compared through git's filters. */
export async function atResult(place: Place, changed: readonly Change[]): Promise<Set<string>> {
  const gone = changed.filter((change) => !isAfter(change) && !isFile(place.root, change.path));
  // Git skips unreadable paths without a message. A skipped path must not count as equal.
  const present = changed.filter((change) => isAfter(change) && isFile(place.root, change.path));
  const same = await withOwnIndex(async (index) => {
    if (present.length === 0) return [];
    await setEntries(place, index, present);
    await tryGit(place, ['update-index', '-q', '--refresh'], { env: index }); // `update-index` exits with 1 when a file differs
    const differing = await trackedChanges(place, index);
    const other = new Set([...differing.deleted, ...differing.written]);
    return present.filter((change) => !other.has(change.path));
  });
  return new Set([...gone, ...same].map((change) => change.path));
}

/** The paths of the changes whose old content is still in the work tree. */
export function atStart(place: Place, changed: readonly Change[]): Promise<Set<string>> {
  return atResult(place, changed.map(reversed));
}

/**
 * How changes are written. `keep`: a folder that stays even if it becomes empty. `staging`: a folder on the same file system. Contents are
 * first written to this folder and then moved, so that a crash leaves no half-written file. `staging` is null for a copy of the project,
 * because a copy is made again after a crash. `modes`: modes that git does not record, by path. A copy of the project does not need these
 * modes.
 */
export type Manner = { keep: string } & ({ staging: string; modes: Modes } | { staging: null });

/**
 * The folder in which the contents of a project's files are staged: on the project's file system, and in `.perf-gate`, which is never
 * measured or committed.
 */
export const stagingOf = (project: string) => join(project, '.perf-gate', 'local');

/**
 * Carries out changes on disk: removals, then the folders that became empty, then contents through git's filters. Returns the paths
 * that were not written because a folder or a link is in the way.
 */
export async function carryOut(place: Place, changed: readonly Change[], manner: Manner): Promise<string[]> {
  const { keep } = manner;
  for (const change of changed) {
    if (isAfter(change)) continue;
    if (isFile(place.root, change.path)) removeFile(join(place.root, change.path));
    // empty folders are removed even if the file is gone already, because an earlier call can have crashed between these two steps
    pruneEmpty(place.root, dirname(change.path), keep);
  }
  const wanted = changed.filter(isAfter);
  const blocked = wanted.filter((change) => isBlocked(place.root, change.path));
  const free = wanted.filter((change) => !blocked.includes(change));
  // .gitattributes files come first, because they decide how other files are written
  const isAttributes = (change: Change) => /(^|\/)\.gitattributes$/.test(change.path);
  for (const part of [free.filter(isAttributes), free.filter((change) => !isAttributes(change))]) {
    if (manner.staging === null) await checkOut(place, part);
    else await replace(place, part, manner);
  }
  return blocked.map((change) => change.path);
}

/**
 * Writes the contents of changed files through git's filters. `prefix`: a folder, with a slash at its end, to write below. Filters are
 * chosen by the path without the prefix.
 */
async function checkOut(place: Place, changed: readonly Change[], prefix = ''): Promise<void> {
  if (changed.length === 0) return;
  await withOwnIndex(async (index) => {
    await setEntries(place, index, changed);
    await git(place, ['checkout-index', '--all', '--force', `--prefix=${prefix}`], { env: index });
  });
}

/**
 * Writes the files to the staging folder and then moves each into place. Git itself writes in place, so a crash could leave half a file.
 */
async function replace(
  place: Place,
  changed: readonly Change[],
  { keep, staging, modes }: { keep: string; staging: string; modes: Modes },
): Promise<void> {
  if (changed.length === 0) return;
  const dir = temporaryDir(staging, 'restore-');
  try {
    await checkOut(place, changed, `${dir}/`);
    for (const { path } of changed) restoreMode(join(dir, path), path, modes);
    const paths = changed.map(({ path }) => path);
    const folders = missingFolders(place, paths);
    for (const path of paths) move(join(dir, path), join(place.root, path));
    for (const folder of folders) restoreMode(join(place.root, folder), folder, modes);
  } finally {
    remove(dir);
    pruneEmpty(place.root, relative(place.root, staging), keep);
  }
}

/** Whether a folder or a link is at the path of a file to be written. `checkout-index --force` would empty the folder or drop the link. */
function isBlocked(root: string, path: string): boolean {
  return ['folder', 'blocked'].includes(pathState(root, path));
}

/** Whether git sees a file or a link at this path. */
function isFile(root: string, path: string): boolean {
  return ['file', 'link', 'special'].includes(pathState(root, path));
}

/** Removes a folder if it is empty, and then the empty folders above. Stops at the root, or at `keep`. */
function pruneEmpty(root: string, folder: string, keep: string): void {
  for (let dir = folder; dir !== '.' && !`${keep}/`.startsWith(`${dir}/`); dir = dirname(dir)) {
    if (!removeEmptyDir(join(root, dir)) && existsSync(join(root, dir))) return;
  }
}

/**
 * The type of the entry at a path of the work tree, as git sees it. `blocked`: a parent folder of the path is in fact a file, or a link,
 * which git does not follow.
 */
type PathState = 'absent' | 'folder' | 'file' | 'link' | 'special' | 'blocked';

export function pathState(root: string, path: string): PathState {
  const names = path.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    const above = entry(join(root, ...names.slice(0, depth)));
    if (above === 'absent') return 'absent';
    if (above !== 'folder') return 'blocked';
  }
  return entry(join(root, path));
}

function entry(path: string): Exclude<PathState, 'blocked'> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return 'absent';
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  return found.isFile() ? 'file' : 'special';
}
