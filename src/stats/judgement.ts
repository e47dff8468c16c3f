import type { Unlikely } from './unlikely.ts';
import type { Warning } from './warnings.ts';

/** Lower and upper end; null where the data cannot give one. */
export type Interval = [number | null, number | null];

/** One look at the samples of two arms. Positive is better throughout; percentages are of the base. */
export type Judgement = {
  /** Medians of the arms, in the metric's unit. */
  baseline: number;
  candidate: number;
  /** Hodges-Lehmann estimate (for `mean_2sigma` the difference of means), in per cent; null when a value is not positive. */
  improvement_pct: number | null;
  /** The same in the metric's unit. */
  improvement: number;
  /** Two-sided 95 % intervals. */
  ci95_pct: Interval | null;
  ci95: Interval;
  /** One-sided at `alpha`: what a proven claim rests on. */
  lower_bound_pct: number | null;
  lower_bound: number | null;
  /** One-sided 95 %: what futility and rejection rest on. */
  upper_bound_pct: number | null;
  upper_bound: number | null;
  /** Of the claim that was made: `p_shifted` when proven, against no difference when observed. Null: compared exactly. */
  p: number | null;
  /** One-sided, against the threshold. */
  p_shifted: number | null;
  /** One-sided, against no difference, by every test; signed-rank needs pairs. */
  p_values: { mann_whitney: number | null; wilcoxon_signed_rank: number | null; mean_2sigma: number | null };
  /** How many of the n_base · n_candidate pairs of runs favour the candidate, ties by half. */
  u: number;
  /** Sum of the signed ranks that favour the candidate; null without pairs. */
  w: number | null;
  /** Common-language effect size: the chance that a run of the candidate is better than one of the base. */
  cles: number;
  n_base: number;
  n_candidate: number;
  /** What this look may spend; 0 when the arms were compared exactly. */
  alpha: number;
  passes: boolean;
  /** Going on is pointless: `below_threshold`, `unlikely`, or by the rules 1 an estimate under 0.6 of the threshold. */
  futile: boolean;
  /** The upper bound is under the threshold. */
  below_threshold: boolean;
  /** Passing at the last look has become unlikely. Null by the rules 1, and where no more is sampled. */
  unlikely: Unlikely | null;
  warnings: Warning[];
};
