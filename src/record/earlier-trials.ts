import { join } from 'node:path/posix';
import { changes } from '../git/changes.ts';
import { baseOf, hasContract } from './history.ts';
import type { Run } from './state.ts';
import { aimOf, type Trial, trialsOf } from './trials.ts';

/** Something that was tried in another run of this repository. */
export type EarlierTrial = Trial & {
  /**
   * Whether the files that it concerned are as they were, or all of them where no file is known; `unknown` where what was measured is
   * gone.
   */
  code: 'unchanged' | 'changed' | 'unknown';
  /** Whether the same number of the same command was to get better. */
  same_aim: boolean;
};

/** More would drown the brief; the newest are kept. */
const MOST = 20;

/** What other runs of this repository tried, oldest first, and whether the code is still the same. */
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

/** Something that brought nothing, for the same aim, on the same code: to try it again is to walk a dead end twice. */
export const isDeadEnd = ({ outcome, code, same_aim }: EarlierTrial) =>
  same_aim && code === 'unchanged' && (outcome === 'rejected' || outcome === 'skipped');

/** Null where the older tree is not in the repository any more. */
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
