import { failure } from '../core/errors.ts';
import { branchRef } from './commit.ts';
import { git, type Place } from './git.ts';
import { readRef, runRef, swapRef } from './refs.ts';
import { type Head, head } from './repo.ts';

/**
 * Makes the run's branch where HEAD is and checks it out. Index and work tree need no change, so none is made. `from` is
 * what `head` told before; with it the call can be repeated after a crash. Throws `branch_exists`, `branch_moved`.
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
    // Both or none: the mark tells a branch of this run from one of the user's with the same name.
    await git(repo, ['update-ref', '-z', '--stdin'], { input: create });
  } else if (!(await readRef(repo, ref))) {
    await swapRef(repo, ref, from.commit, null); // a git that was killed between the two, which it makes in this order
  }
  const now = await head(repo);
  if (now.branch === branch) return;
  if (now.branch !== from.branch || now.commit !== from.commit) {
    throw failure('branch_moved', { branch: from.branch ?? 'detached HEAD', expected: from.commit, found: now.commit });
  }
  await git(repo, ['symbolic-ref', '-m', `perf-gate: ${run}`, 'HEAD', ref]);
}

/**
 * Checks out again what was checked out before the run, without touching a file: only right while nothing is accepted,
 * that is, while `tip`, where the run left its branch, has the content of the start. The run's branch stays. Returns
 * false, having done nothing, when the original branch moved meanwhile: then files and branch would not fit. Throws
 * `branch_changed`, `branch_moved`.
 */
export async function restoreHead(
  repo: Place,
  { branch, tip, from }: { branch: string; tip: string; from: Head },
): Promise<boolean> {
  const now = await head(repo);
  if (now.branch === from.branch && now.commit === from.commit) return true;
  if (now.branch !== branch) {
    throw failure('branch_changed', { expected: branch, found: now.branch ?? 'detached HEAD' });
  }
  if (now.commit !== tip) throw failure('branch_moved', { branch, expected: tip, found: now.commit });
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

/** A name for a branch that can be made: `name`, or with a number after it. Throws `branch_exists` where a shorter name leaves no room. */
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

/** Refs are paths: a branch `perf-gate` leaves no room for `perf-gate/faster`, nor the other way round. */
async function takenBy(repo: Place, branch: string): Promise<string | undefined> {
  const names = (await git(repo, ['for-each-ref', '--format=%(refname)', 'refs/heads/'])).split('\n').filter(Boolean);
  const ref = branchRef(branch);
  const taken = names.find((name) => name === ref || name.startsWith(`${ref}/`) || ref.startsWith(`${name}/`));
  return taken?.slice('refs/heads/'.length);
}
