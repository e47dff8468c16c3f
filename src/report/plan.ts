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
  technique: PlanTechnique | null;
  what: string | null;
  why: string | null;
  effort: 'small' | 'medium' | 'large';
  risk: 'low' | 'medium' | 'high';
  /** What accepted changes to it have saved since; null without one. */
  measured: { gain: number; improvement_pct: number } | null;
  /** How the newest trial of the current place ended; null without one, or if a newer proposal waits. */
  outcome: 'accepted' | 'rejected' | 'inconclusive' | 'undone' | 'skipped' | null;
  /** Everything that was tried, a line each. */
  tried: string[];
  /** What is left of the total after it. */
  left: number;
};

/** `is_guess`: nobody proposed it; the name of the place suggests it, and `others` too. */
export type PlanTechnique = {
  name: string;
  what: string;
  applies: string;
  gives: string;
  costs: string;
  is_guess: boolean;
  others: string[];
};

export type PlanPhase = { title: string; steps: PlanStep[]; left: number };

/** A plan made from a measured breakdown. Amounts are in `unit`, shares in per cent of the total. */
export type Plan = {
  title: string;
  source: string;
  total: number;
  unit: string;
  target: number | null;
  /** Accepted changes that the breakdown already includes, in order. Both percentages refer to the total before the change. */
  done: { id: string; what: string; expected_pct: number | null; assumed: boolean; improvement_pct: number }[];
  /** Each component without those inside it, the most expensive first. `expected`: its cost after all steps. */
  components: { id: string; cost: number; share_pct: number; total_share_pct: number | null; expected: number }[];
  /** `why`: the evidence, if somebody gave any. */
  bottlenecks: { id: string; cost: number; share_pct: number; why: string | null }[];
  phases: PlanPhase[];
  /** What is left if every step saves what is expected, or what was measured. */
  expected: number;
  predictions: Prediction[];
};
