import { join } from 'node:path/posix';
import { changes } from '../git/changes.ts';
import { baseOf, hasContract } from './history.ts';
import type { Run } from './state.ts';
import { aimOf, type Trial, trialsOf } from './trials.ts';

/** A trial (attempt or skipped fix) of another run of this repository. */
export type EarlierTrial = Trial & {
  /**
   * Whether the files that the trial changed, and the file of its hotspot, are still the same. If these files are unknown, all files of the
   * repository are compared. `unknown`: the tree that the trial measured no longer exists.
   */
  code: 'unchanged' | 'changed' | 'unknown';
  /** Whether the other run wanted to improve the same metric of the same command. */
  same_aim: boolean;
};

/** The maximum number of trials in an actor's brief. The newest are kept. */
const MOST = 20;

/** The trials of other runs of this repository, oldest first. Each trial states whether the code is still the same. */
export async function earlierTrials(run: Run): Promise<EarlierTrial[]> {
  const aim = aimOf(run.state);
  const trials = run
    .others()
    .filter(hasContract)
    .flatMap((state) => trialsOf(state).map((trial) => ({ ...trial, same_aim: aimOf(state) === aim })))
    .slice(-MOST);
  const now = baseOf(run.state).tree;
  const moved = new Map<string, Set<string> | null>();
  for (const tree of new Set(trials.map((trial) => trial.tree))) moved.set(tree, await changedBetween(run, tree, now));
  return trials.map((trial) => ({ ...trial, code: codeOf(run, trial, moved.get(trial.tree)!) }));
}

/** Whether a trial failed for the same metric and on the same code, so that another trial is likely to fail too. */
export const isDeadEnd = ({ outcome, code, same_aim }: EarlierTrial) =>
  same_aim && code === 'unchanged' && (outcome === 'rejected' || outcome === 'skipped');

/** The paths that changed between two trees. Null if the older tree is no longer in the repository. */
async function changedBetween({ repo }: Run, from: string, to: string): Promise<Set<string> | null> {
  try {
    return new Set((await changes(repo, from, to)).map((change) => change.path));
  } catch {
    return null;
  }
}

function codeOf({ repo }: Run, { hotspot, changed }: Trial, moved: Set<string> | null): EarlierTrial['code'] {
  const files = [...changed, ...(hotspot.file ? [join(repo.prefix, hotspot.file)] : [])];
  if (!moved) return 'unknown';
  const hasMoved = files.length > 0 ? files.some((file) => moved.has(file)) : moved.size > 0;
  return hasMoved ? 'changed' : 'unchanged';
}
