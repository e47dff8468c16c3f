import { failure } from '../core/errors.ts';
import { changes } from './changes.ts';
import { takeStep, writeCommit } from './commit.ts';
import { fields, output, tryGit } from './git.ts';
import { type Repo, resolveCommit, treeOf } from './repo.ts';
import { type Reverted, revert } from './revert.ts';

/**
 * Takes an accepted commit back by its inverse on top of the branch, and its paths in the work tree with it, each only
 * where the work tree holds what the branch holds. Changes that came later survive; where they touch the same lines the
 * inverse is refused and nothing happens. Doing it twice is doing it once. Throws `would_overwrite`, `branch_moved`,
 * `branch_changed`, `unknown_revision`.
 */
export async function undoAccepted(
  repo: Repo,
  given: { branch: string | null; tip: string; commit: string; message: string },
): Promise<{ commit: string } & Reverted> {
  const { branch, tip, message } = given;
  const tree = await withoutCommit(repo, tip, given.commit);
  if (tree === (await treeOf(repo, tip))) return { commit: tip, restored: [], removed: [], left: [] };
  const commit = await takeStep(repo, { branch, tip, tree, message });
  const back = await revert(repo, { base: commit, attempt: tip, tip: commit });
  return { commit, ...back };
}

/** The tip's tree with one earlier commit merged out of it: a three-way merge of the tip and the state before the commit. */
async function withoutCommit(repo: Repo, tip: string, unwanted: string): Promise<string> {
  const before = await resolveCommit(repo, `${unwanted}^`);
  const touched = (await changes(repo, before, unwanted)).map((change) => change.path);
  // merge-tree finds the merge base by itself: a commit with the old tree on top of the unwanted one makes it that one.
  const inverse = await writeCommit(repo, { tree: `${before}^{tree}`, parents: [unwanted], message: 'inverse' });
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', tip, inverse];
  const merged = await tryGit(repo, args);
  const [tree, ...conflicts] = fields(merged.exitCode === 1 ? merged.stdout : output(args, merged));
  if (merged.exitCode === 1) throw failure('would_overwrite', { files: conflicts.length ? conflicts : touched });
  return tree!;
}
