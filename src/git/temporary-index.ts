import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFile, remove, temporaryDir } from '../core/fs.ts';
import { type Change, isAfter } from './changes.ts';
import { git, type Place } from './git.ts';

/** Environment that makes git use another index than the user's. */
export type OwnIndex = { GIT_INDEX_FILE: string };

/** Gives `work` an index file of its own that does not exist yet, and removes it afterwards. */
export async function withOwnIndex<T>(work: (index: OwnIndex) => Promise<T>): Promise<T> {
  const dir = temporaryDir(tmpdir(), 'perf-gate-index-');
  try {
    return await work({ GIT_INDEX_FILE: join(dir, 'index') });
  } finally {
    remove(dir);
  }
}

/**
 * Starts from a copy of the user's index: what it knows of times and sizes saves reading every file again. The copy keeps
 * the file's time, because git distrusts entries that are as young as the index itself.
 */
export function copyUserIndex(repo: Place, index: OwnIndex): void {
  const file = join(repo.gitDir, 'index');
  if (existsSync(file)) copyFile(file, index.GIT_INDEX_FILE);
}

/** Brings entries of an index to the `to` side of the changes. Removals go first: a file may make room for a folder. */
export async function setEntries(place: Place, index: OwnIndex, changed: readonly Change[]): Promise<void> {
  if (changed.length === 0) return;
  await git(place, ['update-index', '-z', '--index-info'], { env: index, input: entryLines(changed) });
}

/** The input of `git update-index -z --index-info`. */
export function entryLines(changed: readonly Change[]): string {
  const removals = changed.filter((change) => !isAfter(change));
  const entries = changed.filter(isAfter);
  return [
    ...removals.map((change) => `0 ${change.blob_to}\t${change.path}\0`),
    ...entries.map((change) => `${change.mode_to} ${change.blob_to}\t${change.path}\0`),
  ].join('');
}

/** The tree that an index holds, written to the object store. */
export async function writeTree(repo: Place, index: OwnIndex): Promise<string> {
  return (await git(repo, ['write-tree'], { env: index })).trim();
}

/** The tree of `onto` with the changes applied, path by path. */
export function treeWith(repo: Place, onto: string, changed: readonly Change[]): Promise<string> {
  return withOwnIndex(async (index) => {
    await git(repo, ['read-tree', onto], { env: index });
    await setEntries(repo, index, changed);
    return writeTree(repo, index);
  });
}
