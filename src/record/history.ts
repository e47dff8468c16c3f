import type { Contract } from '../contract/schema/contract.ts';
import { askedBy } from '../experiment/asked-by.ts';
import type { Asked } from '../experiment/judged.ts';
import type { AttemptRecord, BaselineData, Hotspot, ScopingData } from './data.ts';
import { doneFacts, effects, type FactsOf } from './effects.ts';
import { stageFacts } from './stages.ts';
import { lastStep, type RunState, type Step, stepsOf } from './state.ts';

/** A judged attempt, with the information whether its change was kept. */
export type Attempt = AttemptRecord & {
  /** The commit of the attempt. Null if the attempt was not kept or changed only untracked files. */
  commit: string | null;
  /** Whether the attempt was accepted and not reverted since. */
  kept: boolean;
};

/** The run's newest contract, approved or not. */
export function contractOf(state: RunState): Contract {
  return scopingOf(state).contract;
}

/** The requirements that the run's contract sets for an attempt. */
export function askedOf(state: RunState): Asked {
  return askedBy(contractOf(state), lastStep(state, 'baseline')?.data.looks);
}

export function scopingOf(state: RunState): ScopingData {
  const step = lastStep(state, 'scoping');
  if (!step) throw new Error('the run has no contract yet');
  return step.data;
}

export function hasContract(state: RunState): boolean {
  return lastStep(state, 'scoping') !== undefined;
}

/**
 * Whether the run waits for a person to approve a contract. False if the run returned from the baseline to scoping, because then the
 * contract has to be changed first.
 */
export function waitsForApproval(state: RunState): boolean {
  return (
    stageFacts(state.stage).asksApproval === true && hasContract(state) && state.steps.at(-1)?.stage === state.stage
  );
}

export function baselineOf(state: RunState): BaselineData {
  const step = lastStep(state, 'baseline');
  if (!step) throw new Error('the run has no baseline yet');
  return step.data;
}

/** The run's judged attempts, in their order. */
export function attemptsOf(state: RunState): Attempt[] {
  return stepsOf(state, 'verdict').map((step) => {
    const made = commitOf(state, step.attempt);
    return {
      ...step.data,
      commit: made?.commit ?? null,
      kept: made !== undefined && doneFacts(state, 'undo', effects.undo.key(step.attempt)) === undefined,
    };
  });
}

/**
 * The recorded facts of an attempt's commit, such as the id of the commit. All transitions are searched, because a workflow can put other
 * stages between verdict and commit.
 */
function commitOf(state: RunState, attempt: number): FactsOf<'commit'> | undefined {
  return state.steps.find((s) => s.attempt === attempt && s.effects.commit)?.effects.commit;
}

export function accepted(state: RunState): Attempt[] {
  return attemptsOf(state).filter((a) => a.kept);
}

/**
 * The number of the open attempt, or of the next attempt if no attempt is open. The first attempt has the number 1. Skipped fixes have no
 * number.
 */
export function attemptNumber(state: RunState): number {
  const made = state.steps.filter(opensAttempt).length;
  return attemptIsOpen(state) ? made : made + 1;
}

/** Whether a fix was submitted and has neither been committed nor reverted. */
export function attemptIsOpen(state: RunState): boolean {
  const opened = state.steps.findLastIndex(opensAttempt);
  const settled = state.steps.findLastIndex((s) => 'commit' in s.effects || 'revert' in s.effects);
  return opened > settled;
}

const opensAttempt = ({ stage, result }: Step) => stageFacts(stage).opensAttempt === result;

/**
 * The snapshot with which the next attempt is compared. It was made after the last change that was kept or undone, or else at the start
 * of the run.
 */
export function baseOf(state: RunState): { commit: string; tree: string } {
  return lastFact(state, 'base') ?? state.git.base;
}

/** The commit to which the run's branch should point. Every side effect that moves the branch records the branch's new commit as `tip`. */
export function tipOf(state: RunState): string {
  return lastFact(state, 'tip') ?? state.git.original_commit;
}

/** The parent of the first accepted commit. It is HEAD at the start of the run, or the commit that `--include-dirty` made. */
export function firstTip(state: RunState): string {
  return doneFacts(state, 'branch', effects.branch.key())?.tip ?? state.git.original_commit;
}

type Landmarks = { tip?: string; base?: { commit: string; tree: string } };

/** The value of `tip` or `base` in the newest completed side effect that recorded this fact. */
function lastFact<K extends keyof Landmarks>(state: RunState, name: K): Landmarks[K] | undefined {
  const facts = Object.values(state.done) as (Landmarks | null)[];
  return facts.findLast((f) => f?.[name] !== undefined)?.[name];
}

/** The hotspots that remain in the newest list. Each fix removes one hotspot, even a fix that is skipped. */
export function queueOf(state: RunState): Hotspot[] {
  const list = stepsOf(state, 'hotspots').findLast((s) => s.result === 'proposed');
  if (!list) return [];
  const taken = state.steps.filter((s) => stageFacts(s.stage).opensAttempt && s.epoch > list.epoch).length;
  return list.data.hotspots.slice(taken);
}
