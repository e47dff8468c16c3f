import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFile, remove, temporaryDir } from '../core/fs.ts';
import { type Change, isAfter, readRaw } from './changes.ts';
import { git, gitWithLock, type Place, tryGit } from './git.ts';

/** perf-gate uses two kinds of git index. Trees are made in temporary indexes. In the user's index, only single entries are changed. */

/** The environment variable that makes git use a temporary index. */
export type OwnIndex = { GIT_INDEX_FILE: string };

/** Calls `work` with the path of a temporary index that does not exist yet, and removes the index afterwards. */
export async function withOwnIndex<T>(work: (index: OwnIndex) => Promise<T>): Promise<T> {
  const dir = temporaryDir(tmpdir(), 'perf-gate-index-');
  try {
    return await work({ GIT_INDEX_FILE: join(dir, 'index') });
  } finally {
    remove(dir);
  }
}

/**
 * Copies the user's index to a temporary index. The recorded times and sizes in the copy save git from reading every file again. The copy
 * keeps the file's time, because git distrusts entries that are as new as the index itself.
 */
export function copyUserIndex(repo: Place, index: OwnIndex): void {
  const file = join(repo.gitDir, 'index');
  if (existsSync(file)) copyFile(file, index.GIT_INDEX_FILE);
}

/** Applies the changes to the entries of a temporary index. */
export async function setEntries(place: Place, index: OwnIndex, changed: readonly Change[]): Promise<void> {
  if (changed.length === 0) return;
  await git(place, ['update-index', '-z', '--index-info'], { env: index, input: entryLines(changed) });
}

/**
 * The input of `git update-index -z --index-info`. Removals come first: if a folder replaces a file of the same name, git must remove the
 * file before it adds the folder's entries.
 */
function entryLines(changed: readonly Change[]): string {
  const removals = changed.filter((change) => !isAfter(change));
  const entries = changed.filter(isAfter);
  return [
    ...removals.map((change) => `0 ${change.blob_to}\t${change.path}\0`),
    ...entries.map((change) => `${change.mode_to} ${change.blob_to}\t${change.path}\0`),
  ].join('');
}

/** Writes the tree of an index to the object store, and returns its id. */
export async function writeTree(repo: Place, index: OwnIndex): Promise<string> {
  // without `--missing-ok`, git would fetch the missing objects of a partial clone, only to check their existence
  return (await git(repo, ['write-tree', '--missing-ok'], { env: index })).trim();
}

/** The tree of `onto` with the changes applied, path by path. */
export function treeWith(repo: Place, onto: string, changed: readonly Change[]): Promise<string> {
  return withOwnIndex(async (index) => {
    await git(repo, ['read-tree', onto], { env: index });
    await setEntries(repo, index, changed);
    return writeTree(repo, index);
  });
}

/**
 * Applies changes to the entries of the user's index. An entry that has the content of the tree `from` gets its new content. An entry with
 * any other content was staged by the user, and stays. Returns the paths of entries that have neither the old nor the new content.
 */
export async function moveEntries(repo: Place, from: string, moves: readonly Change[]): Promise<string[]> {
  if (moves.length === 0) return [];
  const staged = await stagedAgainst(repo, from);
  const { free, left } = sortOut(staged, moves);
  if (free.length > 0) {
    await gitWithLock(repo, ['update-index', '-z', '--index-info'], { input: entryLines(free) });
    // Records the times of the new entries, because without these times `git diff-index --quiet HEAD` in a user's script would report
    // changes. If `git update-index` fails here, only the times are missing, so the failure is ignored.
    await tryGit(repo, ['update-index', '-q', '--refresh']);
  }
  return left;
}

/** The differences between a tree and the user's index. A file that was added with `--intent-to-add` does not count as a difference. */
export async function stagedAgainst(repo: Place, tree: string): Promise<Change[]> {
  const format = ['-z', '--raw', '--full-index', '--no-renames', '--ignore-submodules=none'];
  const args = ['diff-index', '--cached', '--ita-invisible-in-index', ...format, '--end-of-options', tree];
  return readRaw(await git(repo, args));
}

/**
 * Divides the wanted changes of index entries. `free`: changes that can be made. `left`: paths for which the user staged other content. An
 * entry that already has the new content is in neither list.
 */
function sortOut(staged: readonly Change[], moves: readonly Change[]): { free: Change[]; left: string[] } {
  const byPath = new Map(staged.map((entry) => [entry.path, entry]));
  const present = staged.filter(isAfter).map((entry) => entry.path);
  const inTheWay = (path: string) => present.some((p) => p.startsWith(`${path}/`) || path.startsWith(`${p}/`));
  const free: Change[] = [];
  const left: string[] = [];
  for (const move of moves) {
    const entry = byPath.get(move.path);
    if (entry ? !holdsResult(entry, move) : isAfter(move) && inTheWay(move.path)) left.push(move.path);
    else if (!entry) free.push(move);
  }
  return { free, left };
}

/**
 * Whether an index entry already has the new content of its change. If the change deletes the path, the entry must be deleted. An unmerged
 * entry is not deleted: git reports it as modified.
 */
function holdsResult(entry: Change, move: Change): boolean {
  if (!isAfter(move)) return entry.status === 'deleted';
  return entry.mode_to === move.mode_to && entry.blob_to === move.blob_to;
}
