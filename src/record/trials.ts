import type { Asked, Reason, Verdict } from '../experiment/judged.ts';
import type { FixData, Hotspot } from './data.ts';
import { askedOf, attemptsOf, contractOf } from './history.ts';
import { type RunState, type Step, stepsOf } from './state.ts';

/** A trial: a judged attempt or a skipped fix. */
export type Trial = {
  run: string;
  /** The time at which the attempt was judged or the fix was skipped, in ISO 8601. */
  at: string;
  /** The number of the attempt. Null for a skipped fix. */
  attempt: number | null;
  hotspot: Hotspot;
  /** The actor's description of the change. Empty without a description. */
  note: string;
  outcome: Verdict | 'undone' | 'skipped';
  /** The measured improvement in per cent (positive is better). Null if nothing was measured, or if a percentage has no meaning. */
  measured_pct: number | null;
  /** The reason for the verdict or for skipping. Null if a fix was skipped without a reason. */
  reason: Reason | null;
  /** The requirements of the run's contract, which the text of the reason quotes. */
  asked: Asked;
  /** The base's tree, from which the attempt began. */
  tree: string;
  /** The files that the attempt changed, relative to git's top level. Empty for a skipped fix, whose files are unknown. */
  changed: string[];
};

/** The trials of a run, in the order in which they happened. */
export function trialsOf(state: RunState): Trial[] {
  const judged = new Map(attemptsOf(state).map((attempt) => [attempt.attempt, attempt]));
  const judgedAt = new Map(stepsOf(state, 'verdict').map((step) => [step.attempt, step.at]));
  return stepsOf(state, 'fix').flatMap((step) => {
    if (step.result === 'skipped') return [skippedFix(state, step)];
    const attempt = judged.get(step.attempt);
    if (!attempt) return [];
    const { verdict, kept, primary, reasons, changes } = attempt;
    return [
      {
        ...common(state, step.data),
        at: judgedAt.get(step.attempt)!,
        attempt: attempt.attempt,
        outcome: verdict === 'accepted' && !kept ? 'undone' : verdict,
        measured_pct: primary?.improvement_pct ?? null,
        reason: reasons[0] ?? null,
        changed: changes.map((change) => change.path),
      },
    ];
  });
}

function skippedFix(state: RunState, { at, data }: Step & { data: FixData }): Trial {
  const nothing = { attempt: null, measured_pct: null, changed: [] };
  return {
    ...common(state, data),
    ...nothing,
    at,
    outcome: 'skipped',
    reason: data.skipped ? { code: 'skipped', text: data.skipped } : null,
  };
}

const common = (state: RunState, { hotspot, note = '', base }: FixData) => ({
  run: state.run,
  hotspot,
  note,
  tree: base.tree,
  asked: askedOf(state),
});

/** The aim of a run: the command and the metric that the run wants to improve. Trials with the same aim can be compared. */
export function aimOf(state: RunState): string {
  const { repro, metrics } = contractOf(state);
  return JSON.stringify([repro.script, repro.cwd, metrics.primary.name]);
}

/** The hotspots that this run tried without success. perf-gate does not propose these hotspots again. */
export const deadEnds = (state: RunState): Hotspot[] =>
  trialsOf(state).flatMap(({ hotspot, outcome }) => (outcome === 'accepted' ? [] : [hotspot]));

/** The predicted and the measured improvement of a trial, in per cent of the base. Positive is better. An unknown improvement is null. */
export type Prediction = { predicted_pct: number | null; measured_pct: number | null };
