import { failure } from '../core/errors.ts';
import { changes } from './changes.ts';
import { mayTakeStep, takeStep, writeCommit } from './commit.ts';
import { fields, output, type Place, tryGit } from './git.ts';
import { moveEntries } from './index-files.ts';
import type { Modes } from './modes.ts';
import { isAncestor, type Repo, resolveCommit, treeOf } from './repo.ts';
import { type Reverted, revert } from './revert.ts';

/** Commits are undone by new commits, so that a branch never moves backwards. */

/**
 * Undoes the actor's commits on top of `tip`: adds one commit with the content of `tip`, and returns this new commit. Files
 * on disk stay, so that the committed changes remain part of the attempt.
 * @throws branch_moved: if `found` does not descend from `tip`
 */
export async function undoCommits(
  repo: Place,
  { branch, tip, found }: { branch: string | null; tip: string; found: string },
): Promise<{ commit: string; left_in_index: string[] }> {
  if (found === tip) return { commit: tip, left_in_index: [] };
  if (!(await isAncestor(repo, tip, found))) {
    throw failure('branch_moved', { branch: branch ?? 'detached HEAD', expected: tip, found });
  }
  const message = `perf-gate: undo commits made during an attempt\n\nThe attempt is judged as a whole, and the gate commits it if it is accepted.\nUndone: ${tip}..${found}\n`;
  const commit = await takeStep(repo, { branch, tip: found, tree: await treeOf(repo, tip), message });
  return { commit, left_in_index: await moveEntries(repo, found, await changes(repo, found, commit)) };
}

/** How to undo `commit`. `branch`: the checked-out branch. `tip`: the branch's present commit. `message`: the message of the new commit. */
type Undo = { branch: string | null; tip: string; commit: string; message: string };

/**
 * Undoes an accepted commit with an inverse commit on top of the branch. Also reverts the commit's paths in the work tree. A path is
 * reverted only if work tree and branch have the same content there. Later changes stay. If later changes touch the same lines, the undo
 * is refused and nothing changes. A second call changes nothing. `modes`: the recorded modes of the newest snapshot.
 * @throws would_overwrite
 * @throws branch_moved
 * @throws branch_changed
 * @throws unknown_revision
 */
export async function undoAccepted(repo: Repo, undo: Undo, modes: Modes): Promise<{ commit: string } & Reverted> {
  const { branch, tip, message } = undo;
  const tree = await withoutCommit(repo, tip, undo.commit);
  if (tree === (await treeOf(repo, tip))) return { commit: tip, restored: [], removed: [], left: [] };
  const commit = await takeStep(repo, { branch, tip, tree, message });
  const back = await revert(repo, {
    base: commit,
    attempt: tip,
    tip: commit,
    modes,
  });
  return { commit, ...back };
}

/** Throws the error with which `undoAccepted` would refuse. Changes no ref, index or file. */
export async function mayUndo(repo: Repo, { branch, tip, commit, message }: Undo): Promise<void> {
  const tree = await withoutCommit(repo, tip, commit);
  if (tree !== (await treeOf(repo, tip))) await mayTakeStep(repo, { branch, tip, tree, message });
}

/** The tip's tree without an earlier commit: a three-way merge of the tip with the state before that commit. */
async function withoutCommit(repo: Repo, tip: string, unwanted: string): Promise<string> {
  const before = await resolveCommit(repo, `${unwanted}^`);
  const touched = (await changes(repo, before, unwanted)).map((change) => change.path);
  // merge-tree chooses the merge base itself. To make the unwanted commit the merge base, a new commit with the old tree is put on top of
  // the unwanted commit.
  const inverse = await writeCommit(repo, { tree: `${before}^{tree}`, parents: [unwanted], message: 'inverse' });
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', tip, inverse];
  const merged = await tryGit(repo, args);
  const [tree, ...conflicts] = fields(merged.exitCode === 1 ? merged.stdout : output(args, merged));
  if (merged.exitCode === 1) throw failure('would_overwrite', { files: conflicts.length ? conflicts : touched });
  return tree!;
}
