import { areAlike } from '../core/units.ts';
import type { Hotspot } from '../record/data.ts';
import { contractOf, hasContract } from '../record/history.ts';
import { otherRuns } from '../record/read-run.ts';
import { type RunState, stepsOf } from '../record/state.ts';
import { aimOf, type Trial, trialsOf } from '../record/trials.ts';

/**
 * A person's or an agent's proposal to change a hotspot. `at`: ISO 8601. `hotspot.predicted_pct`: the predicted saving in per cent of the
 * total.
 */
export type Proposal = { at: string; hotspot: Hotspot };

/** A change that was tried, and its effect on the breakdown. */
export type PlanTrial = Trial & {
  /**
   * The part of the total that remained after the trial, from 0 to 1. Null if the trial was not kept, or if its gain does not apply to the
   * breakdown, for example because the run of the trial improved another metric.
   */
  left: number | null;
  /** The predicted saving in per cent of the total. Null without a prediction. */
  predicted_saving_pct: number | null;
  /** Whether the trial happened before the breakdown's profile was taken. The breakdown then includes the trial's gain. */
  is_before: boolean;
  /**
   * Whether the trial's result still applies to its hotspot. It applies if the trial came after the breakdown, or was in the breakdown's
   * own run.
   */
  is_settled: boolean;
};

/** The profile from which the plan is made. `at`: ISO 8601. `run`: null for a file, which may belong to any run. */
type Taken = { at: string; run: string | null; unit: string };

/** All proposals (newest first) and trials (oldest first) of the project's runs. */
export function proposalsAndTrials(project: string, taken: Taken): { proposals: Proposal[]; trials: PlanTrial[] } {
  const states = otherRuns(project, '');
  const asked = states.findLast((state) => hasContract(state) && (taken.run === null || state.run === taken.run));
  const aim = asked && aimOf(asked);
  const trials = states.flatMap((state) => trialsOf(state).map((trial) => planTrial(trial, { state, taken, aim })));
  return {
    proposals: states.flatMap(proposalsOf).sort((a, b) => (a.at < b.at ? 1 : -1)),
    trials: trials.sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

/**
 * `aim`: the metric that the breakdown's run is to improve. If the trial's run was to improve another metric, the trial's gain does not
 * apply to the breakdown.
 */
function planTrial(
  trial: Trial,
  { state, taken, aim }: { state: RunState; taken: Taken; aim: string | undefined },
): PlanTrial {
  const is_before = trial.at <= taken.at;
  const isComparable = aimOf(state) === aim && !(is_before && taken.run !== null && state.run !== taken.run);
  const { predicted_pct } = trial.hotspot;
  return {
    ...trial,
    is_before,
    is_settled: !is_before || state.run === taken.run,
    predicted_saving_pct: predicted_pct === undefined ? null : savedBy(predicted_pct, state),
    left: isComparable ? leftBy(trial, state, taken.unit) : null,
  };
}

/**
 * The hotspots that someone proposed to change: those with a description, a technique, a prediction or an effort. A hotspot without any of
 * these comes from perf-gate's own ranking.
 */
function proposalsOf(state: RunState): Proposal[] {
  return stepsOf(state, 'hotspots').flatMap(({ at, data }) =>
    data.hotspots
      .filter((h) => h.what ?? h.technique ?? h.predicted_pct ?? h.effort)
      .map((hotspot) => {
        const { predicted_pct } = hotspot;
        if (predicted_pct === undefined) return { at, hotspot };
        return { at, hotspot: { ...hotspot, predicted_pct: savedBy(predicted_pct, state) } };
      }),
  );
}

/**
 * The part of the total that remained after an accepted change, from 0 to 1. Null if the metric and the breakdown are of different kinds,
 * such as time and bytes.
 */
function leftBy({ outcome, measured_pct }: Trial, state: RunState, unit: string): number | null {
  if (outcome !== 'accepted' || measured_pct === null) return null;
  const units = [unit, contractOf(state).metrics.primary.unit];
  const [ours, theirs] = units.map((name) => ['ms', 'bytes'].find((kind) => areAlike(name, kind)));
  return ours && theirs && ours !== theirs ? null : 1 - savedBy(measured_pct, state) / 100;
}

/**
 * Converts an improvement into a saving, both in per cent. For a metric where higher is better: 100 % more requests per second save 50
 * % of the time of each request.
 */
function savedBy(improvement_pct: number, state: RunState): number {
  if (contractOf(state).metrics.primary.lower_is_better) return improvement_pct;
  return improvement_pct <= -100 ? improvement_pct : 100 - 100 / (1 + improvement_pct / 100);
}
