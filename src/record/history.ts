import type { Contract } from '../contract/schema/contract.ts';
import { askedBy } from '../experiment/asked-by.ts';
import type { Asked } from '../experiment/judged.ts';
import type { AttemptRecord, BaselineData, Hotspot, ScopingData } from './data.ts';
import { doneFacts, effects, type FactsOf } from './effects.ts';
import { stageFacts } from './stages.ts';
import { lastStep, type RunState, type Step, stepsOf } from './state.ts';

/** A judged attempt, and whether its change was kept. */
export type Attempt = AttemptRecord & {
  /** The commit of the attempt; null if the attempt was not kept, or changed untracked files only. */
  commit: string | null;
  /** Accepted, and not reverted since. */
  kept: boolean;
};

/** The newest contract of the run, approved or not. */
export function contractOf(state: RunState): Contract {
  return scopingOf(state).contract;
}

/** The requirements of the run for an attempt. */
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
 * Whether the run waits for a person to approve a contract. False after the baseline sent a contract back: that contract has to be changed
 * first.
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

/** The judged attempts, in order. */
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

/** The facts of an attempt's commit effect. A workflow may put other stages between verdict and commit, so all steps are searched. */
function commitOf(state: RunState, attempt: number): FactsOf<'commit'> | undefined {
  return state.steps.find((s) => s.attempt === attempt && s.effects.commit)?.effects.commit;
}

export function accepted(state: RunState): Attempt[] {
  return attemptsOf(state).filter((a) => a.kept);
}

/** The number of the open attempt, else of the next one. The first is 1; skipped fixes do not count. */
export function attemptNumber(state: RunState): number {
  const made = state.steps.filter(opensAttempt).length;
  return attemptIsOpen(state) ? made : made + 1;
}

/** Whether a fix was submitted and neither committed nor reverted yet. */
export function attemptIsOpen(state: RunState): boolean {
  const opened = state.steps.findLastIndex(opensAttempt);
  const settled = state.steps.findLastIndex((s) => 'commit' in s.effects || 'revert' in s.effects);
  return opened > settled;
}

const opensAttempt = ({ stage, result }: Step) => stageFacts(stage).opensAttempt === result;

/**
 * The snapshot that the next attempt is compared with: the one after the last change that was kept or undone, else the one from the start.
 */
export function baseOf(state: RunState): { commit: string; tree: string } {
  return lastFact(state, 'base') ?? state.git.base;
}

/** The commit that the run's branch should stand at. Every effect that moves the branch records its new `tip`. */
export function tipOf(state: RunState): string {
  return lastFact(state, 'tip') ?? state.git.original_commit;
}

/** The commit that the first accepted change is put on: HEAD at the start, or the commit that `--include-dirty` made. */
export function firstTip(state: RunState): string {
  return doneFacts(state, 'branch', effects.branch.key())?.tip ?? state.git.original_commit;
}

type Landmarks = { tip?: string; base?: { commit: string; tree: string } };

/** The newest value of a fact among the effects that were done. */
function lastFact<K extends keyof Landmarks>(state: RunState, name: K): Landmarks[K] | undefined {
  const facts = Object.values(state.done) as (Landmarks | null)[];
  return facts.findLast((f) => f?.[name] !== undefined)?.[name];
}

/** The hotspots that remain in the newest list: each fix, done or skipped, removes one. */
export function queueOf(state: RunState): Hotspot[] {
  const list = stepsOf(state, 'hotspots').findLast((s) => s.result === 'proposed');
  if (!list) return [];
  const taken = state.steps.filter((s) => stageFacts(s.stage).opensAttempt && s.epoch > list.epoch).length;
  return list.data.hotspots.slice(taken);
}
