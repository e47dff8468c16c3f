import { type Change, changes, isAfter } from './changes.ts';
import { moveEntries } from './index-files.ts';
import type { Modes } from './modes.ts';
import type { Repo } from './repo.ts';
import { atResult, atStart, carryOut, stagingOf } from './work-tree.ts';

export type Reverted = {
  /** Files that have their earlier content again. */
  restored: string[];
  /** Removed files, which did not exist before. */
  removed: string[];
  /** Paths that were changed after the attempt, and so stay as they are. */
  left: string[];
};

/**
 * Reverts an attempt in the work tree. Each path that differs between the snapshots `base` and `attempt` is reverted, if the path is still
 * as the attempt left it. Index entries that the attempt staged for these paths get the content of the commit `tip`. A repeated call
 * changes nothing. `modes`: the recorded modes of the snapshot `base`.
 */
export async function revert(
  repo: Repo,
  { base, attempt, tip, modes }: { base: string; attempt: string; tip: string; modes: Modes },
): Promise<Reverted> {
  const back = await changes(repo, attempt, base);
  const { reached, left } = await bring(repo, back, modes);
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

/** Applies a kept attempt to the work tree again. A path that differs from the base stays as it is. Index and branch stay as they are. */
export async function reapply(
  repo: Repo,
  { base, attempt, modes }: { base: string; attempt: string; modes: Modes },
): Promise<{ applied: string[]; left: string[] }> {
  const { reached, left } = await bring(repo, await changes(repo, base, attempt), modes);
  return { applied: reached.map((change) => change.path), left };
}

/**
 * Carries out each change whose old content is in the work tree. If the new content of a change is already in the work tree, the change
 * counts as `reached`.
 */
async function bring(
  repo: Repo,
  wanted: readonly Change[],
  modes: Modes,
): Promise<{ reached: Change[]; left: string[] }> {
  const own = wanted.filter((change) => !change.submodule);
  const done = await atResult(repo, own);
  const start = await atStart(repo, own);
  const blocked = new Set(
    await carryOut(
      repo,
      own.filter((change) => (done.has(change.path) ? !isAfter(change) : start.has(change.path))),
      { keep: repo.prefix.replace(/\/$/, ''), staging: stagingOf(repo.project), modes },
    ),
  );
  const isReached = ({ path }: Change) => done.has(path) || (start.has(path) && !blocked.has(path));
  const reached = own.filter(isReached);
  return { reached, left: wanted.filter((change) => !reached.includes(change)).map((change) => change.path) };
}
