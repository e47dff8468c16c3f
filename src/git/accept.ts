import { failure } from '../core/errors.ts';
import { type Change, changes, isBefore } from './changes.ts';
import { takeStep } from './commit.ts';
import type { Place } from './git.ts';
import { treeOf } from './repo.ts';
import { treeWith } from './temporary-index.ts';
import { moveEntries } from './user-index.ts';

export type Accepted = {
  /** The new tip; null when the attempt changed nothing but untracked files, so that there is nothing to commit. */
  commit: string | null;
  /** Paths whose staged content is the user's own: the next commit of the user's would take the change back there. */
  left_in_index: string[];
  /** Files that were untracked before the run: changed in the work tree, never put onto the branch. */
  not_committed: string[];
};

/**
 * Commits an attempt: on the tip's tree exactly the paths that differ between the two snapshots, as they were measured.
 * No file is written, what the user staged elsewhere stays, and doing it twice gives the same commit. Throws
 * `branch_changed`, `branch_moved`, `submodule_moved`.
 */
export async function accept(
  repo: Place,
  given: { branch: string | null; tip: string; base: string; attempt: string; message: string },
): Promise<Accepted> {
  const { branch, tip, base, attempt, message } = given;
  const attempted = await changes(repo, base, attempt);
  refuseSubmodules(attempted);
  const tracked = new Set((await changes(repo, base, tip)).filter((c) => c.status === 'deleted').map((c) => c.path));
  const wasUntracked = (change: Change) => isBefore(change) && tracked.has(change.path);
  const not_committed = attempted.filter(wasUntracked).map((change) => change.path);
  const tree = await treeWith(
    repo,
    tip,
    attempted.filter((change) => !wasUntracked(change)),
  );
  if (tree === (await treeOf(repo, tip))) return { commit: null, left_in_index: [], not_committed };
  const commit = await takeStep(repo, { branch, tip, tree, message });
  const left_in_index = await moveEntries(repo, tip, await changes(repo, tip, commit));
  return { commit, left_in_index, not_committed };
}

/** A submodule is measured as plain files, so a change of its commit was never measured. Throws `submodule_moved`. */
export function refuseSubmodules(changed: readonly Change[]): void {
  const moved = changed.find((change) => change.submodule);
  if (moved) throw failure('submodule_moved', { path: moved.path });
}
