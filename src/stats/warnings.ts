import { mean, sampleRankCorrelation, sampleVariance } from 'simple-statistics';
import { mad, median } from './robust.ts';
import type { Arm } from './rule.ts';

/**
 * A property of the data that weakens a judgement: its code, and the numbers that show the property. No sample is ever removed because of a
 * warning.
 */
export type Warning =
  /** `count` values lie more than 14.826 MADs from the median. `worst` is the largest distance from the median, in MADs. */
  | { code: 'outliers'; arm: Arm; count: number; worst: number }
  /** The first execution lies `distance` MADs from the median, because the warm-up was too short. */
  | { code: 'first_run_differs'; arm: Arm; distance: number }
  /** The values rise or fall over the session: Spearman correlation with time. */
  | { code: 'drift'; arm: Arm; correlation: number }
  /** Neighbouring executions resemble each other, so the samples hold less information than their number suggests. */
  | { code: 'autocorrelation'; arm: Arm; lag_1: number }
  /** The values form two separate groups. `low` and `high` are the means of these groups. */
  | { code: 'bimodal'; arm: Arm; low: number; high: number }
  /** Fewer than half of the values are distinct: the metric is coarser than its noise. */
  | { code: 'ties'; distinct: number; values: number }
  /** The gain of the medians and the estimated gain disagree: one is less than half of the other. */
  | { code: 'tail_only'; improvement_pct: number; medians_pct: number };

/** The limit for outliers in MADs, as in hyperfine: in normal data, ten standard deviations. */
const outlierDistance = 14.826;
/**
 * The two-sided 1 % quantile of the normal distribution. The warnings that use this quantile occur by chance about once in a hundred
 * samples.
 */
const z99 = 2.576;

/** Warnings about one arm. The values are in the order of measurement. */
export function armWarnings(arm: Arm, values: number[]): Warning[] {
  const warnings: Warning[] = [];
  const centre = median(values);
  const scale = mad(values);
  const distances = values.map((v) => (scale > 0 ? Math.abs(v - centre) / scale : 0));
  const outliers = distances.filter((d) => d > outlierDistance);
  if (outliers.length > 0)
    warnings.push({
      code: 'outliers',
      arm,
      count: outliers.length,
      worst: outliers.reduce((worst, d) => Math.max(worst, d), 0),
    });
  if (distances[0]! > outlierDistance) warnings.push({ code: 'first_run_differs', arm, distance: distances[0]! });
  if (values.length < 8 || !(sampleVariance(values) > 0)) return warnings;

  const correlation = sampleRankCorrelation(
    values.map((_, i) => i),
    values,
  );
  if (Math.abs(correlation) * Math.sqrt(values.length - 1) > z99) warnings.push({ code: 'drift', arm, correlation });
  const lag1 = lagOne(values);
  if (lag1 * Math.sqrt(values.length) > z99) warnings.push({ code: 'autocorrelation', arm, lag_1: lag1 });
  const groups = twoGroups(values);
  if (groups) warnings.push({ code: 'bimodal', arm, ...groups });
  return warnings;
}

/** Warnings about both arms together. */
export function tieWarnings(base: readonly number[], candidate: readonly number[]): Warning[] {
  const values = [...base, ...candidate];
  const distinct = new Set(values).size;
  return distinct * 2 < values.length ? [{ code: 'ties', distinct, values: values.length }] : [];
}

/** Autocorrelation at lag 1. */
function lagOne(values: readonly number[]): number {
  const centre = mean([...values]);
  const d = values.map((v) => v - centre);
  const products = (lag: number) => d.reduce((sum, v, i) => (i < lag ? sum : sum + v * d[i - lag]!), 0);
  return products(1) / products(0);
}

/**
 * Splits the sorted values where the variance within both groups is smallest. Each group must have at least a fifth of the values. Returns
 * the two groups if Ashman's D (1994) is above 6. The usual limit, D > 2, is for groups that are known beforehand. For normal data, the
 * split with the smallest variance has a D near 3. With D > 6 and at least twelve values, about one in a hundred samples is wrongly split.
 * This share applies to samples that are normal, skewed or have outliers.
 */
function twoGroups(values: number[]): { low: number; high: number } | null {
  if (values.length < 12) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const least = Math.max(2, Math.ceil(sorted.length / 5));
  const cut = tightestCut(sorted, least);
  const [left, right] = [sorted.slice(0, cut), sorted.slice(cut)];
  const [low, high] = [mean(left), mean(right)];
  const d = (Math.SQRT2 * (high - low)) / Math.sqrt(sampleVariance(left) + sampleVariance(right));
  return d > 6 ? { low, high } : null;
}

/**
 * The cut with the smallest variance within both groups, each of at least `least` values. The variances within and between the groups add
 * up to a constant, so this cut has the largest variance between the groups. This variance is (Σleft)²/nleft + (Σright)²/nright, where Σ
 * sums deviations from the mean.
 */
function tightestCut(sorted: number[], least: number): number {
  const centre = mean(sorted);
  let best = { between: -1, cut: least };
  let left = 0;
  for (let cut = 1; cut <= sorted.length - least; cut++) {
    left += sorted[cut - 1]! - centre;
    const between = left ** 2 / cut + left ** 2 / (sorted.length - cut); // all deviations sum to 0, so the right sum is −`left`
    if (cut >= least && between > best.between) best = { between, cut };
  }
  return best.cut;
}
