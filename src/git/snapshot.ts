import { refuseUnreadable } from './changes.ts';
import { writeCommit } from './commit.ts';
import { fields, git, type Place } from './git.ts';
import { ignoredBy } from './ignored.ts';
import { isOurs } from './ours.ts';
import { readRef, swapRef } from './refs.ts';
import { treeOf } from './repo.ts';
import { copyUserIndex, type OwnIndex, withOwnIndex, writeTree } from './temporary-index.ts';

export type Snapshot = { commit: string; tree: string };

/**
 * Keeps the work tree as a commit under `ref`: tracked and untracked files as they are on disk, without ignored files,
 * `.perf-gate` and repositories inside. Index, work tree, HEAD and branches stay as they are. `parent` is the state that
 * it follows: its paths are looked at even if they are ignored by now, and what its rules ignore stays out even if they
 * are lifted by now, because such a file was there before and belongs to the user. Taking it again over the same files
 * gives the same commit. Throws `path_not_utf8`.
 */
export async function snapshot(
  repo: Place,
  { ref, message, parent }: { ref: string; message: string; parent: string },
): Promise<Snapshot> {
  const tree = await workTree(repo, parent);
  const existing = await readRef(repo, ref);
  if (existing && (await treeOf(repo, existing)) === tree && (await parentOf(repo, existing)) === parent) {
    return { commit: existing, tree };
  }
  const commit = await writeCommit(repo, { tree, parents: [parent], message });
  if (!(await swapRef(repo, ref, commit, existing ?? null))) {
    return snapshot(repo, { ref, message, parent }); // somebody else wrote the ref: look again
  }
  return { commit, tree };
}

/** The tree that a snapshot would hold; no ref names it. Throws `path_not_utf8`. */
export function workTree(repo: Place, parent: string): Promise<string> {
  return withOwnIndex(async (index) => {
    copyUserIndex(repo, index);
    // --reset keeps what the copy knows of files that are the same in `parent`, and forgets conflicts; no file is written.
    await git(repo, ['read-tree', '--reset', parent], { env: index });
    await addWorkTree(repo, index, parent);
    return writeTree(repo, index);
  });
}

async function addWorkTree(repo: Place, index: OwnIndex, parent: string): Promise<void> {
  const { deleted, written } = await trackedChanges(repo, index);
  const others = fields(await git(repo, ['ls-files', '-z', '--others', '--exclude-standard'], { env: index }));
  // A name with a slash at its end is a repository inside this one: it is not ours to look into.
  const untracked = others.filter((path) => !isOurs(path) && !path.endsWith('/'));
  refuseUnreadable([...deleted, ...written, ...untracked]);
  const rulesChanged = [...deleted, ...written, ...untracked].some((path) => /(^|\/)\.gitignore$/.test(path));
  const hidden = rulesChanged ? await ignoredBy(repo, parent, untracked) : new Set<string>();
  await writeToIndex(repo, index, { deleted, written: [...written, ...untracked.filter((path) => !hidden.has(path))] });
}

/** Paths of an index whose file is gone, and paths whose file is not what the index holds. */
export async function trackedChanges(repo: Place, index: OwnIndex): Promise<{ deleted: string[]; written: string[] }> {
  const listed = await git(repo, ['diff-files', '-z', '--name-status', '--no-renames', '--ignore-submodules=dirty'], {
    env: index,
  });
  const found = { deleted: [] as string[], written: [] as string[] };
  const all = fields(listed);
  for (let i = 0; i + 1 < all.length; i += 2) {
    if (!isOurs(all[i + 1]!)) found[all[i] === 'D' ? 'deleted' : 'written'].push(all[i + 1]!);
  }
  return found;
}

/** Takes the files as they are into the index: removals first, because a folder may stand where a file was. */
export async function writeToIndex(
  repo: Place,
  index: OwnIndex,
  { deleted, written }: { deleted: readonly string[]; written: readonly string[] },
): Promise<void> {
  const update = (options: string[], paths: readonly string[]) =>
    git(repo, ['update-index', ...options, '-z', '--stdin'], {
      env: index,
      input: paths.map((p) => `${p}\0`).join(''),
    });
  if (deleted.length > 0) await update(['--force-remove'], deleted);
  if (written.length > 0) await update(['--add', '--remove', '--replace'], written);
}

async function parentOf(repo: Place, commit: string): Promise<string> {
  return (await git(repo, ['rev-parse', '--verify', '--end-of-options', `${commit}^`])).trim();
}
