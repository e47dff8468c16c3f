import { failure } from '../core/errors.ts';
import { changes } from './changes.ts';
import { takeStep } from './commit.ts';
import { type Place, tryGit } from './git.ts';
import { findCommit, head, treeOf } from './repo.ts';
import { moveEntries } from './user-index.ts';

/** What became of the branch since `tip` was recorded. */
export type Movement = {
  /** What is checked out now: the commit, and the branch's short name (null for a detached HEAD). */
  found: string;
  branch: string | null;
  /** HEAD is not where it was recorded. */
  moved: boolean;
  /** The recorded tip is still part of its history: commits were added, nothing was rewritten. */
  ancestor: boolean;
  /** Another branch is checked out now, or none. */
  branch_changed: boolean;
};

/** Compares HEAD with what was recorded; changes nothing. */
export async function movement(repo: Place, recorded: { branch: string | null; tip: string }): Promise<Movement> {
  const now = await head(repo);
  const moved = now.commit !== recorded.tip;
  return {
    found: now.commit,
    branch: now.branch,
    moved,
    ancestor: !moved || (await isAncestor(repo, recorded.tip, now.commit)),
    branch_changed: now.branch !== recorded.branch,
  };
}

/**
 * Takes back the commits that an actor made on top of `tip`, by one commit that has the tip's content again; the branch
 * never goes back. Files on disk stay: what was committed is part of the attempt and shows as its changes. Gives the
 * new tip. Throws `branch_moved` when `found` does not descend from `tip`.
 */
export async function undoCommits(
  repo: Place,
  { branch, tip, found }: { branch: string | null; tip: string; found: string },
): Promise<{ commit: string; left_in_index: string[] }> {
  if (found === tip) return { commit: tip, left_in_index: [] };
  if (!(await isAncestor(repo, tip, found))) {
    throw failure('branch_moved', { branch: branch ?? 'detached HEAD', expected: tip, found });
  }
  const message = `perf-gate: take back commits made during an attempt\n\nThe attempt is judged as a whole; what it proves is committed by the gate.\nTaken back: ${tip}..${found}\n`;
  const commit = await takeStep(repo, { branch, tip: found, tree: await treeOf(repo, tip), message });
  return { commit, left_in_index: await moveEntries(repo, found, await changes(repo, found, commit)) };
}

/** Whether `newer` is `older`, or has it in its history; false for a commit that is not there. */
export async function isAncestor(repo: Place, older: string, newer: string): Promise<boolean> {
  if (!(await findCommit(repo, older))) return false;
  return (await tryGit(repo, ['merge-base', '--is-ancestor', older, newer])).exitCode === 0;
}
