import type { Prediction } from '../record/trials.ts';

/** One thing to try. Amounts are in the plan's unit. */
export type PlanStep = {
  id: string;
  /** Its cost after the steps before it. */
  cost: number;
  /** The amount that it is expected to save of this cost. */
  gain: number;
  /** True if the gain was not predicted but assumed as a fraction of the cost. */
  assumed: boolean;
  /** The most expensive line, or else the first lines, from the current source; null if the file does not exist. */
  quote: PlanQuote | null;
  technique: PlanTechnique | null;
  what: string | null;
  why: string | null;
  /** Null if no proposal states it and no technique is known. */
  effort: 'small' | 'medium' | 'large' | null;
  risk: 'low' | 'medium' | 'high' | null;
  /** The gain of accepted changes to it since the profile; null without one. */
  measured: { gain: number; improvement_pct: number } | null;
  /** How the newest trial of the current place ended; null without one, or if a newer proposal waits. */
  outcome: 'accepted' | 'rejected' | 'inconclusive' | 'undone' | 'skipped' | null;
  /** Every trial, a line each. */
  tried: string[];
  /** The total after it. */
  left: number;
};

/** `pct`: the cost of the line in per cent of the total; null if the profiler names no lines. */
export type PlanQuote = {
  file: string;
  line: number;
  text: string;
  pct: number | null;
  /** The file was written after the profile was taken: the line may have moved. */
  is_newer: boolean;
};

/**
 * `shown`: the fact of the profile that suggests it; null if a person or an agent proposed it. `others`: further techniques that the
 * profile suggests.
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
 * The source of the plan's times: `measured` without a profiler (`metric` of the run, or null for the user's `--measured`), the `program`
 * itself, the `profiler`, which slows programs down, or `none`. `profiled`: the profiler's total, in its unit.
 */
export type PlanClock =
  | { kind: 'measured'; metric: string | null; profiled: { total: number; unit: string } }
  | { kind: 'program' | 'profiler' | 'none' };

/** The numbers of the steps that end in one week, counted from 1; `days` of work until then; `left`: the total then. */
export type PlanWeek = { week: number; steps: number[]; days: number; left: number };

/** A rule for a monitor. Durations are written like `15m`. It fires while the metric, in `unit`, is beyond the value. */
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
  /** Accepted changes that the breakdown already includes, in order. Both percentages refer to the total before the change. */
  done: { id: string; what: string; expected_pct: number | null; assumed: boolean; improvement_pct: number }[];
  /** Each component without those inside it, the most expensive first. `expected`: its cost after all steps. */
  components: { id: string; cost: number; share_pct: number; total_share_pct: number | null; expected: number }[];
  /** `why`: the evidence, if the proposal gives any. */
  bottlenecks: { id: string; cost: number; share_pct: number; why: string | null }[];
  /** Hotspots without a step: their file is protected, or they were seen in a single sample. */
  left_out: { id: string; because: 'protected' | 'one_sample' }[];
  phases: PlanPhase[];
  /** The total if every step saves the expected or the measured amount. */
  expected: number;
  timeline: PlanWeek[];
  /** Minutes that the engine takes to judge a step; null if no run has measured it. */
  proof_minutes: number | null;
  alerts: AlertRule[];
  /** The time that all steps together would save in 30 days; null without a rate of calls or without a real time. */
  saved: { calls_a_month: number; hours_a_month: number } | null;
  predictions: Prediction[];
};
