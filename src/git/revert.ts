import { type Change, changes, isAfter } from './changes.ts';
import { stagingOf } from './ours.ts';
import type { Repo } from './repo.ts';
import { moveEntries } from './user-index.ts';
import { atResult, atStart, carryOut } from './work-tree.ts';

export type Reverted = {
  /** Files that hold again what they held before. */
  restored: string[];
  /** Files that were not there before, and are gone. */
  removed: string[];
  /** Paths that somebody changed since: left as they are. */
  left: string[];
};

/**
 * Takes an attempt out of the work tree: only the paths that differ between the two snapshots, each only while it still
 * is what the attempt left. What the attempt staged there is set back to what the commit `tip` holds. Doing it twice is
 * doing it once.
 */
export async function revert(
  repo: Repo,
  { base, attempt, tip }: { base: string; attempt: string; tip: string },
): Promise<Reverted> {
  const back = await changes(repo, attempt, base);
  const { reached, left } = await bring(repo, back);
  const staged = await changes(repo, attempt, tip);
  const reachedPaths = new Set(reached.map((change) => change.path));
  await moveEntries(
    repo,
    attempt,
    staged.filter((change) => reachedPaths.has(change.path)),
  );
  const paths = (present: boolean) => reached.filter((c) => isAfter(c) === present).map((c) => c.path);
  return { restored: paths(true), removed: paths(false), left };
}

/** Brings a kept attempt back into the work tree, under the same conditions; index and branch stay as they are. */
export async function reapply(
  repo: Repo,
  { base, attempt }: { base: string; attempt: string },
): Promise<{ applied: string[]; left: string[] }> {
  const { reached, left } = await bring(repo, await changes(repo, base, attempt));
  return { applied: reached.map((change) => change.path), left };
}

/** Makes those changes in the work tree that start from what is there; one that is made already counts as made. */
async function bring(repo: Repo, wanted: readonly Change[]): Promise<{ reached: Change[]; left: string[] }> {
  const own = wanted.filter((change) => !change.submodule);
  const done = await atResult(repo, own);
  const start = await atStart(repo, own);
  const blocked = new Set(
    await carryOut(
      repo,
      own.filter((change) => (done.has(change.path) ? !isAfter(change) : start.has(change.path))),
      { keep: repo.prefix.replace(/\/$/, ''), staging: stagingOf(repo) },
    ),
  );
  const isReached = ({ path }: Change) => done.has(path) || (start.has(path) && !blocked.has(path));
  const reached = own.filter(isReached);
  return { reached, left: wanted.filter((change) => !reached.includes(change)).map((change) => change.path) };
}
