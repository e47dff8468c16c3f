import { failure } from '../core/errors.ts';
import { branchRef } from './commit.ts';
import { git, type Place } from './git.ts';
import { readRef, runRef, swapRef } from './refs.ts';
import { type Head, head, isAncestor } from './repo.ts';

/** The committer date of a commit, in whole seconds since 1970. */
export async function committedAt(repo: Place, commit: string): Promise<bigint> {
  return BigInt((await git(repo, ['show', '--no-patch', '--format=%ct', '--end-of-options', commit])).trim());
}

/**
 * Makes the run's branch at HEAD and checks it out. Index and work tree stay as they are. `from`: HEAD before the first call. After a
 * crash, the same call with the same `from` completes the work.
 * @throws branch_exists
 * @throws branch_moved
 */
export async function startBranch(
  repo: Place,
  { run, branch, from }: { run: string; branch: string; from: Head },
): Promise<void> {
  const ref = branchRef(branch);
  const mark = runRef(run, 'start');
  if (!(await readRef(repo, mark))) {
    await refuseTaken(repo, branch);
    const create = [mark, ref].map((name) => `create ${name}\0${from.commit}\0`).join('');
    // One transaction of git makes the branch and the ref `mark`, which shows that the branch belongs to the run and not to the user
    await git(repo, ['update-ref', '-z', '--stdin'], { input: create });
  } else if (!(await readRef(repo, ref))) {
    await swapRef(repo, ref, from.commit, null); // git was killed after it had made `mark`, but before it made the branch
  }
  const now = await head(repo);
  if (now.branch === branch) return;
  if (now.branch !== from.branch || now.commit !== from.commit) {
    throw failure('branch_moved', { branch: from.branch ?? 'detached HEAD', expected: from.commit, found: now.commit });
  }
  await git(repo, ['symbolic-ref', '-m', `perf-gate: ${run}`, 'HEAD', ref]);
}

/**
 * Checks out the branch that was checked out before the run, without touching a file. Call this only if no change was accepted: the run's
 * last commit `tip` must have the same content as the start. The run's branch stays. Returns false and does nothing if the original branch
 * has moved, because the files would not match the branch.
 * @throws branch_changed
 * @throws branch_moved
 */
export async function restoreHead(repo: Place, way: WayBack): Promise<boolean> {
  if (await mayRestoreHead(repo, way)) return true;
  const { from } = way;
  const why = ['-m', 'perf-gate: back'];
  if (from.branch === null) {
    await git(repo, ['update-ref', '--no-deref', ...why, 'HEAD', from.commit]);
    return true;
  }
  const ref = branchRef(from.branch);
  if ((await readRef(repo, ref)) !== from.commit) return false;
  await git(repo, ['symbolic-ref', ...why, 'HEAD', ref]);
  return true;
}

/** A switch from the run's branch to the branch that was checked out before the run. `tip`: the last commit of the run's branch. */
type WayBack = { branch: string; tip: string; from: Head };

/**
 * Throws the error with which `restoreHead` would refuse. Changes nothing. Returns true if the earlier branch is checked out already.
 * @throws branch_changed
 * @throws branch_moved
 */
export async function mayRestoreHead(repo: Place, { branch, tip, from }: WayBack): Promise<boolean> {
  const now = await head(repo);
  if (now.branch === from.branch && now.commit === from.commit) return true;
  if (now.branch !== branch) {
    throw failure('branch_changed', { expected: branch, found: now.branch ?? 'detached HEAD' });
  }
  if (now.commit !== tip) throw failure('branch_moved', { branch, expected: tip, found: now.commit });
  return false;
}

/** How HEAD differs from the recorded state. */
export type Movement = {
  /** The checked-out commit and branch (short name, null for a detached HEAD). */
  found: string;
  branch: string | null;
  /** Whether HEAD is at a commit other than the recorded one. */
  moved: boolean;
  /** Whether the recorded tip is HEAD or in its history. If true, commits were only added, and never rewritten. */
  ancestor: boolean;
  /** Whether HEAD is detached, or at a branch other than the recorded one. */
  branch_changed: boolean;
};

/** Compares HEAD with the recorded state. Changes nothing. */
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
 * A free branch name: `name`, or `name` with a number. @throws branch_exists: a branch is named `perf-gate`, so git cannot make a branch
 * `perf-gate/…`
 */
export async function freeBranch(repo: Place, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${name}-${n}`;
    const taken = await takenBy(repo, free);
    if (!taken) return free;
    if (free.startsWith(`${taken}/`)) throw failure('branch_exists', { branch: taken });
  }
}

async function refuseTaken(repo: Place, branch: string): Promise<void> {
  const taken = await takenBy(repo, branch);
  if (taken) throw failure('branch_exists', { branch: taken });
}

/** The existing branch that makes the name unusable. Refs are paths: `perf-gate` and `perf-gate/faster` exclude each other. */
async function takenBy(repo: Place, branch: string): Promise<string | undefined> {
  const names = (await git(repo, ['for-each-ref', '--format=%(refname)', 'refs/heads/'])).split('\n').filter(Boolean);
  const ref = branchRef(branch);
  const taken = names.find((name) => name === ref || name.startsWith(`${ref}/`) || ref.startsWith(`${name}/`));
  return taken?.slice('refs/heads/'.length);
}
