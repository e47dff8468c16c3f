import type { Prediction } from '../record/trials.ts';

/** A step of a plan: one thing to try. Amounts are in the plan's unit. */
export type PlanStep = {
  id: string;
  /** The cost of the step's code after all earlier steps of the plan. */
  cost: number;
  /** The part of `cost` that the step is expected to save. */
  gain: number;
  /** Whether the gain was assumed as a fraction of the cost, because no proposal predicts it. */
  assumed: boolean;
  /** The most expensive line, or else the first lines of the function, from the current source. Null if the file does not exist. */
  quote: PlanQuote | null;
  technique: PlanTechnique | null;
  what: string | null;
  why: string | null;
  /** How much work the step is. Null if no proposal states it and no technique is known. */
  effort: 'small' | 'medium' | 'large' | null;
  risk: 'low' | 'medium' | 'high' | null;
  /** The gain of all changes to the step's code that the gate has accepted since the profile. Null without such changes. */
  measured: { gain: number; improvement_pct: number } | null;
  /**
   * The result of the newest trial of the step's code. Null if the code was never tried, or if a proposal that is newer than the trial was
   * not tried yet.
   */
  outcome: 'accepted' | 'rejected' | 'inconclusive' | 'undone' | 'skipped' | null;
  /** Every trial of the step's code, one line each. */
  tried: string[];
  /** The total cost that remains after the step. */
  left: number;
};

/** The line of source that a step quotes. `pct`: the cost of the line in per cent of the total. Null if the profiler reports no lines. */
export type PlanQuote = {
  file: string;
  line: number;
  text: string;
  pct: number | null;
  /** True if the file was written after the profile was taken, so that the line is possibly elsewhere now. */
  is_newer: boolean;
};

/**
 * A technique to make a hotspot faster. `shown`: the fact in the profile that suggests the technique. Null if a person or an agent proposed
 * the technique. `others`: further techniques that the profile suggests.
 */
export type PlanTechnique = {
  name: string;
  what: string;
  applies: string;
  gives: string;
  costs: string;
  shown: string | null;
  others: { name: string; shown: string }[];
};

export type PlanPhase = { title: string; steps: PlanStep[]; left: number };

/**
 * The origin of the plan's times. `measured`: from a measurement without a profiler. `program`: from the program itself. `profiler`: from
 * the profiler, which slows programs down. `none`: the profile has no times. `metric`: the metric that a run measured, or null if the user
 * gave the time with `--measured`. `profiled`: the total that the profile shows, in the profile's unit.
 */
export type PlanClock =
  | { kind: 'measured'; metric: string | null; profiled: { total: number; unit: string } }
  | { kind: 'program' | 'profiler' | 'none' };

/**
 * A week of a plan: the numbers of the steps that end in the week, counted from 1. `days`: the days of work by the end of the week. `left`:
 * the total cost that remains at the end of the week.
 */
export type PlanWeek = { week: number; steps: number[]; days: number; left: number };

/** An alert rule for a monitor. Durations are written like `15m`. The rule fires while the metric, in `unit`, is beyond `value`. */
export type AlertRule = {
  name: string;
  metric: string;
  agg: 'p95' | 'mean' | 'rate' | 'ratio';
  by: string[];
  window: string;
  op: '>' | '<';
  value: number;
  for: string;
  keep_firing_for: string;
  min_samples: number;
  severity: 'warning' | 'critical';
};

/** A plan made from a measured breakdown. Amounts are in `unit`, shares in per cent of the total. */
export type Plan = {
  title: string;
  source: string;
  total: number;
  unit: string;
  clock: PlanClock;
  target: number | null;
  /**
   * The changes that were accepted before the breakdown was measured, in order. `expected_pct` and `improvement_pct` are in per cent of the
   * total before the change.
   */
  done: { id: string; what: string; expected_pct: number | null; assumed: boolean; improvement_pct: number }[];
  /**
   * The components, the most expensive first. The cost of a component excludes the components inside it. `expected`: the cost of the
   * component after all steps.
   */
  components: { id: string; cost: number; share_pct: number; total_share_pct: number | null; expected: number }[];
  /** `why`: the evidence that the hotspot's proposal gives, or null. */
  bottlenecks: { id: string; cost: number; share_pct: number; why: string | null }[];
  /** Hotspots that get no step, because their file is protected or they were seen in a single sample. */
  left_out: { id: string; because: 'protected' | 'one_sample' }[];
  phases: PlanPhase[];
  /**
   * The expected total cost after all steps. A step that was accepted counts with its measured gain, any other step with its expected gain.
   */
  expected: number;
  timeline: PlanWeek[];
  /** The minutes that perf-gate takes to judge a step. Null if no run has shown this time. */
  proof_minutes: number | null;
  alerts: AlertRule[];
  /** The time that all steps together would save in 30 days. Null if the number of calls or the real time is unknown. */
  saved: { calls_a_month: number; hours_a_month: number } | null;
  predictions: Prediction[];
};
