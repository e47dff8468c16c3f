import { criticalValue, mannWhitneyNull, type NullDistribution, signedRankNull } from './null-distribution.ts';

/**
 * What a session says about one effect: the arm that should be larger against the other, positive is better. All numbers
 * are on one scale: plain differences, or differences of logarithms. Bounds are ±Infinity where the data cannot give one.
 */
export type Effect = {
  estimate: number;
  /** One-sided p-value of the claim "the effect is at least `threshold`"; at threshold 0 of "the effect is above zero". */
  p(threshold: number): number;
  /** The largest threshold whose claim has p ≤ alpha. */
  lower(alpha: number): number;
  /** The same from above: the effect is no larger than this, with error alpha. */
  upper(alpha: number): number;
};

/**
 * Is `value` at least `threshold`? Values within `tolerance` count as equal, so that rounding cannot fail a value that is
 * exactly there; but nothing is not an improvement, so a threshold of 0 asks for more than 0.
 */
export const reaches = (value: number, threshold: number, tolerance: number): boolean =>
  threshold === 0 ? value > tolerance : value >= threshold - tolerance;

/** Effect of pairs: d[i] is the difference of pair i. Contrasts are the Walsh averages (dᵢ + dⱼ)/2, i ≤ j. */
export function pairedEffect(d: readonly number[], tolerance: number): Effect {
  const contrasts = new Float64Array((d.length * (d.length + 1)) / 2);
  let k = 0;
  for (let i = 0; i < d.length; i++) for (let j = i; j < d.length; j++) contrasts[k++] = (d[i]! + d[j]!) / 2;
  return rankEffect(contrasts, signedRankNull(d.length), tolerance);
}

/** Effect of independent samples: contrasts are all differences xᵢ − yⱼ. */
export function independentEffect(x: readonly number[], y: readonly number[], tolerance: number): Effect {
  const contrasts = new Float64Array(x.length * y.length);
  let k = 0;
  for (const a of x) for (const b of y) contrasts[k++] = a - b;
  return rankEffect(contrasts, mannWhitneyNull(x.length, y.length), tolerance);
}

/**
 * The Hodges-Lehmann estimate (median of the contrasts) and its exact rank interval. The statistic of the test shifted by
 * T is the number of contrasts at or above T, and the lower bound is an order statistic of the same contrasts, so bound and
 * test are one rule and cannot disagree. Ties are counted in favour of "at least T" against the distribution without ties:
 * for any true effect below T, and any symmetric (pairs) or shifted (independent) noise, ties or not, the error stays
 * within alpha. Hollander & Wolfe, Nonparametric Statistical Methods, 3.2-3.3 and 4.2-4.3.
 */
function rankEffect(contrasts: Float64Array, distribution: NullDistribution, tolerance: number): Effect {
  const sorted = contrasts.sort();
  const half = sorted.length >> 1;
  return {
    estimate: sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2,
    p: (threshold) => distribution.atLeast(sorted.length - firstReaching(sorted, threshold, tolerance)),
    lower: (alpha) => sorted[sorted.length - criticalValue(distribution, alpha)] ?? -Infinity,
    upper: (alpha) => sorted[criticalValue(distribution, alpha) - 1] ?? Infinity,
  };
}

/** Index of the first value that reaches the threshold, by bisection. */
function firstReaching(sorted: Float64Array, threshold: number, tolerance: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reaches(sorted[middle]!, threshold, tolerance)) high = middle;
    else low = middle + 1;
  }
  return low;
}
