import { failure } from '../core/errors.ts';
import { type Change, changes, isBefore } from './changes.ts';
import { takeStep } from './commit.ts';
import type { Place } from './git.ts';
import { moveEntries, treeWith } from './index-files.ts';
import { treeOf } from './repo.ts';

export type Accepted = {
  /** The branch's new last commit. Null if the attempt changed only untracked files, so that there is nothing to commit. */
  commit: string | null;
  /** Paths for which the user has staged other content: the user's next commit would undo the accepted change in these files. */
  left_in_index: string[];
  /** Changed files that were untracked before the run. The changes of these files are in the work tree only, never on the branch. */
  not_committed: string[];
};

/**
 * Commits an attempt as it was measured. The new tree is the tip's tree, except for the paths that differ between the snapshots `base` and
 * `attempt`: these paths are as in `attempt`. Writes no file, and keeps everything else that the user has staged. A repeated call makes the
 * same commit.
 * @throws branch_changed
 * @throws branch_moved
 * @throws submodule_moved
 */
export async function accept(
  repo: Place,
  given: { branch: string | null; tip: string; base: string; attempt: string; message: string },
): Promise<Accepted> {
  const { branch, tip, message } = given;
  const { tree, not_committed } = await treeOfCommit(repo, given);
  if (tree === (await treeOf(repo, tip))) return { commit: null, left_in_index: [], not_committed };
  const commit = await takeStep(repo, { branch, tip, tree, message });
  const left_in_index = await moveEntries(repo, tip, await changes(repo, tip, commit));
  return { commit, left_in_index, not_committed };
}

/**
 * The tree of the commit that `accept` makes from an attempt. `not_committed`: changed paths that were untracked before the run, and so are
 * not part of the commit.
 * @throws submodule_moved
 */
export async function treeOfCommit(
  repo: Place,
  { tip, base, attempt }: { tip: string; base: string; attempt: string },
): Promise<{ tree: string; not_committed: string[] }> {
  const attempted = await changes(repo, base, attempt);
  refuseSubmodules(attempted);
  const tracked = new Set((await changes(repo, base, tip)).filter((c) => c.status === 'deleted').map((c) => c.path));
  const wasUntracked = (change: Change) => isBefore(change) && tracked.has(change.path);
  const tree = await treeWith(
    repo,
    tip,
    attempted.filter((change) => !wasUntracked(change)),
  );
  return { tree, not_committed: attempted.filter(wasUntracked).map((change) => change.path) };
}

/**
 * Refuses a change that moves a submodule to another commit: submodules are measured as plain files, so the move was not measured.
 * @throws submodule_moved
 */
export function refuseSubmodules(changed: readonly Change[]): void {
  const moved = changed.find((change) => change.submodule);
  if (moved) throw failure('submodule_moved', { path: moved.path });
}
