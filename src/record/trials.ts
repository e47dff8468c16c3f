import type { Asked, Reason, Verdict } from '../experiment/judged.ts';
import { askedBy } from '../experiment/verdict.ts';
import type { FixData, Hotspot } from './data.ts';
import { attemptsOf, contractOf } from './history.ts';
import { type RunState, type Step, stepsOf } from './state.ts';

/** Something that was tried: an attempt that was judged, or a fix that was skipped. */
export type Trial = {
  run: string;
  /** When it was judged or skipped, as ISO 8601. */
  at: string;
  /** Null for a fix that was skipped. */
  attempt: number | null;
  hotspot: Hotspot;
  /** What was done, in the words of whoever did it; empty where nothing was said. */
  note: string;
  outcome: Verdict | 'undone' | 'skipped';
  /** In per cent, positive is better; null where nothing was measured, or a percentage has no meaning. */
  measured_pct: number | null;
  /** Null where nothing was said of why a fix was skipped. */
  reason: Reason | null;
  /** What its run asked for: the sentence of the reason quotes it. */
  asked: Asked;
  /** The tree on which it was tried. */
  tree: string;
  /** The files that the attempt changed, from git's top level; those of a skipped fix are not known. */
  changed: string[];
};

/** What was tried in a run, in the order in which it happened. */
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
  asked: askedBy(contractOf(state)),
});

/** What a run wants to be better: trials of one aim can be compared. */
export function aimOf(state: RunState): string {
  const { repro, metrics } = contractOf(state);
  return JSON.stringify([repro.script, repro.cwd, metrics.primary.name]);
}

/** The places that were tried in this run and brought nothing: not proposed again by the engine. */
export const deadEnds = (state: RunState): Hotspot[] =>
  trialsOf(state).flatMap(({ hotspot, outcome }) => (outcome === 'accepted' ? [] : [hotspot]));

/** The predicted and the measured improvement, in per cent of the base, positive is better; null if unknown. */
export type Prediction = { predicted_pct: number | null; measured_pct: number | null };
