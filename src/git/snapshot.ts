import { tmpdir } from 'node:os';
import { remove, temporaryDir } from '../core/fs.ts';
import { isOurs, refuseUnreadable } from './changes.ts';
import { writeCommit } from './commit.ts';
import { fields, git, output, type Place, tryGit } from './git.ts';
import { copyUserIndex, type OwnIndex, withOwnIndex, writeTree } from './index-files.ts';
import { modesIn, modeTrailers } from './modes.ts';
import { readRef, swapRef } from './refs.ts';
import { treeOf } from './repo.ts';

export type Snapshot = { commit: string; tree: string };

/**
 * Saves the work tree as a commit under `ref`: tracked and untracked files as they are on disk, without ignored files, `.perf-gate` and
 * nested repositories. Index, work tree, HEAD and branches stay as they are. `parent` is the earlier state. The paths of `parent` are
 * included even if git ignores them now. Files that the ignore rules of `parent` cover are left out even if the rules have changed: these
 * files belong to the user. A second call with the same files returns the same commit. The message records the modes that git does not
 * keep.
 * @throws path_not_utf8
 */
export async function snapshot(
  repo: Place,
  { ref, message, parent }: { ref: string; message: string; parent: string },
): Promise<Snapshot> {
  return snapshotOf(repo, await workTree(repo, parent), { ref, message, parent });
}

/** Saves a tree as a commit under `ref`, as `snapshot` does. */
export async function snapshotOf(
  repo: Place,
  tree: string,
  { ref, message, parent }: { ref: string; message: string; parent: string },
): Promise<Snapshot> {
  const existing = await readRef(repo, ref);
  if (existing && (await treeOf(repo, existing)) === tree && (await parentOf(repo, existing)) === parent) {
    return { commit: existing, tree };
  }
  const files = fields(await git(repo, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree]));
  const modes = modeTrailers(modesIn(repo, files));
  const commit = await writeCommit(repo, { tree, parents: [parent], message: `${message}${modes}` });
  if (!(await swapRef(repo, ref, commit, existing ?? null))) {
    return snapshotOf(repo, tree, { ref, message, parent }); // another process wrote the ref in the meantime, so try again
  }
  return { commit, tree };
}

/**
 * The tree that a snapshot of the work tree would have. No ref is made.
 * @throws path_not_utf8
 */
export function workTree(repo: Place, parent: string): Promise<string> {
  return withOwnIndex(async (index) => {
    copyUserIndex(repo, index);
    // `--reset` drops conflicts, keeps the recorded time of each file whose content is the same in `parent`, and writes no file.
    await git(repo, ['read-tree', '--reset', parent], { env: index });
    await addWorkTree(repo, index, parent);
    return writeTree(repo, index);
  });
}

/**
 * The untracked files among these paths, or all untracked files if no paths are given. Files in `.perf-gate` are left out. Ignored files
 * are included only with `ignored`.
 */
export async function untrackedFiles(
  repo: Place,
  asked: { paths?: readonly string[]; ignored: boolean },
): Promise<string[]> {
  const { paths = [], ignored } = asked;
  const args = ['ls-files', '-z', '--others', ...(ignored ? [] : ['--exclude-standard']), '--', ...paths];
  return fields(await git(repo, args)).filter((path) => !isOurs(path) && !path.endsWith('/'));
}

/** Makes a tree from the tree `onto`: these files of the work tree are added or replaced, as they are on disk. */
export function treeWithFiles(repo: Place, onto: string, paths: readonly string[]): Promise<string> {
  return withOwnIndex(async (index) => {
    await git(repo, ['read-tree', onto], { env: index });
    await writeToIndex(repo, index, { deleted: [], written: paths });
    return writeTree(repo, index);
  });
}

async function addWorkTree(repo: Place, index: OwnIndex, parent: string): Promise<void> {
  const { deleted, written } = await trackedChanges(repo, index);
  const others = fields(await git(repo, ['ls-files', '-z', '--others', '--exclude-standard'], { env: index }));
  // a name that ends with a slash is a nested repository, which the snapshot leaves out
  const untracked = others.filter((path) => !isOurs(path) && !path.endsWith('/'));
  refuseUnreadable([...deleted, ...written, ...untracked]);
  const rulesChanged = [...deleted, ...written, ...untracked].some((path) => /(^|\/)\.gitignore$/.test(path));
  const hidden = rulesChanged ? await ignoredBy(repo, parent, untracked) : new Set<string>();
  await writeToIndex(repo, index, { deleted, written: [...written, ...untracked.filter((path) => !hidden.has(path))] });
}

/**
 * Returns the paths that a tree's `.gitignore` files or the user's exclude files ignore. The `.gitignore` files of the work tree are not
 * read. The tree's rules are written to a temporary folder for git to read.
 */
async function ignoredBy(repo: Place, tree: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const dir = temporaryDir(tmpdir(), 'perf-gate-rules-');
  try {
    return await withOwnIndex(async (index) => {
      const place = { root: dir, gitDir: repo.gitDir };
      const rules = fields(await git(repo, ['ls-tree', '-r', '-z', '--full-tree', tree])).filter((entry) =>
        /[\t/]\.gitignore$/.test(entry),
      );
      const entries = rules.map((entry) => `${entry}\0`).join('');
      await git(place, ['update-index', '-z', '--index-info'], { env: index, input: entries });
      await git(place, ['checkout-index', '--all'], { env: index });
      const args = ['check-ignore', '--no-index', '-z', '--stdin'];
      // `check-ignore` does not support `GIT_LITERAL_PATHSPECS`. Each path therefore gets `./` at its beginning, so that git does not read
      // a name such as `:(top)a` as a pattern.
      const env = { ...index, GIT_LITERAL_PATHSPECS: '0' };
      const asked = await tryGit(place, args, { env, input: paths.map((p) => `./${p}\0`).join('') });
      return new Set(fields(asked.exitCode === 1 ? '' : output(args, asked)).map((path) => path.slice(2)));
    });
  } finally {
    remove(dir);
  }
}

/** Compares the files on disk with an index. `deleted`: paths whose file is missing. `written`: paths whose file differs. */
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

/**
 * Adds the files to the index as they are on disk. Deleted paths are removed from the index first, because a new folder can have the path
 * of a deleted file.
 */
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
