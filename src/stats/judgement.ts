import type { Unlikely } from './unlikely.ts';
import type { Warning } from './warnings.ts';

/** Lower and upper end of an interval. An end is null if the data cannot give it. */
export type Interval = [number | null, number | null];

/** The result of one look at the samples of two arms. Positive is better throughout. Percentages are of the base. */
export type Judgement = {
  /** Medians of the arms, in the metric's unit. */
  baseline: number;
  candidate: number;
  /** Hodges-Lehmann estimate in per cent. For `mean_2sigma`, this is the difference of means. Null when a value is not positive. */
  improvement_pct: number | null;
  /** The estimate in the metric's unit. */
  improvement: number;
  /** Two-sided 95 % intervals. */
  ci95_pct: Interval | null;
  ci95: Interval;
  /** The one-sided lower bound with error `alpha`, which decides whether a claim is proven. */
  lower_bound_pct: number | null;
  lower_bound: number | null;
  /** The one-sided 95 % upper bound, which decides futility and rejection. */
  upper_bound_pct: number | null;
  upper_bound: number | null;
  /**
   * The p-value of the contract's claim: `p_shifted` for `proven`, or the p-value against no difference for `observed`. Null if the arms
   * were compared exactly.
   */
  p: number | null;
  /** The one-sided p-value against the threshold. */
  p_shifted: number | null;
  /** The one-sided p-value of each test against no difference. The signed-rank test needs pairs. */
  p_values: { mann_whitney: number | null; wilcoxon_signed_rank: number | null; mean_2sigma: number | null };
  /** How many of the n_base · n_candidate pairs of executions favour the candidate. A tie counts as half a pair. */
  u: number;
  /** Sum of the signed ranks that favour the candidate. Null without pairs. */
  w: number | null;
  /** Common-language effect size: the chance that an execution of the candidate is better than an execution of the base. */
  cles: number;
  n_base: number;
  n_candidate: number;
  /** The error that this look may spend. The error is 0 if the arms were compared exactly. */
  alpha: number;
  passes: boolean;
  /**
   * Whether more samples are pointless, because of `below_threshold` or `unlikely`. Under version 1 of the rules, an estimate below 0.6 of
   * the threshold is another reason.
   */
  futile: boolean;
  /** The upper bound of the effect is below the threshold. */
  below_threshold: boolean;
  /**
   * Passing at the last look has become unlikely. This field is always null under version 1 of the rules, and if no more samples can be
   * taken.
   */
  unlikely: Unlikely | null;
  warnings: Warning[];
};
