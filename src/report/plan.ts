import type { Prediction } from '../record/trials.ts';

/** One thing to try. Amounts are in the plan's unit. */
export type PlanStep = {
  id: string;
  /** What it costs when its turn comes, after the steps before it. */
  cost: number;
  /** What it is then expected to save. */
  gain: number;
  /** True if nobody predicted the gain, so that a part of the cost was assumed. */
  assumed: boolean;
  /** The most expensive line, or else the first lines, as they stand in the source now; null if there is no such file. */
  quote: PlanQuote | null;
  technique: PlanTechnique | null;
  what: string | null;
  why: string | null;
  /** Null if nobody said so, and no technique is known. */
  effort: 'small' | 'medium' | 'large' | null;
  risk: 'low' | 'medium' | 'high' | null;
  /** What accepted changes to it have saved since; null without one. */
  measured: { gain: number; improvement_pct: number } | null;
  /** How the newest trial of the current place ended; null without one, or if a newer proposal waits. */
  outcome: 'accepted' | 'rejected' | 'inconclusive' | 'undone' | 'skipped' | null;
  /** Everything that was tried, a line each. */
  tried: string[];
  /** What is left of the total after it. */
  left: number;
};

/** `pct`: what the line costs, in per cent of the total; null if the profiler names no lines. */
export type PlanQuote = {
  file: string;
  line: number;
  text: string;
  pct: number | null;
  /** The file was written after the profile was taken: the line may have moved. */
  is_newer: boolean;
};

/** `shown`: what in the profile points to it; null if a person or an agent proposed it. `others`: further techniques that it points to. */
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
 * Whose time the plan counts: `measured` without a profiler (`metric` of the run, or as the user says), by the `program` itself, by the
 * `profiler`, which slows programs down, or none at all. `profiled`: what the profiler saw, in its unit.
 */
export type PlanClock =
  | { kind: 'measured'; metric: string | null; profiled: { total: number; unit: string } }
  | { kind: 'program' | 'profiler' | 'none' };

/** The steps (their numbers) that end in one week, counted from 1; `days` of work until then, and what is left of the total. */
export type PlanWeek = { week: number; steps: number[]; days: number; left: number };

/** A rule for a monitor. Durations are written like `15m`. It holds while the metric, in `unit`, is beyond the value. */
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
  /** `why`: the evidence, if somebody gave any. */
  bottlenecks: { id: string; cost: number; share_pct: number; why: string | null }[];
  /** Places that get no step: their file is protected, or one sample is all that is known. */
  left_out: { id: string; because: 'protected' | 'one_sample' }[];
  phases: PlanPhase[];
  /** What is left if every step saves what is expected, or what was measured. */
  expected: number;
  timeline: PlanWeek[];
  /** How long the engine takes to judge a step, in minutes; null if no run has said so. */
  proof_minutes: number | null;
  alerts: AlertRule[];
  /** What all steps together would save in a month of 30 days; null without a rate of calls, or without a real time. */
  saved: { calls_a_month: number; hours_a_month: number } | null;
  predictions: Prediction[];
};
