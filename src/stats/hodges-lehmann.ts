import { averagesOf, type Contrasts, differencesOf } from './contrasts.ts';
import { criticalValue, mannWhitneyNull, type NullDistribution, signedRankNull } from './null-distribution.ts';

/**
 * The evidence of a session for one effect. The effect is the arm that should be larger minus the other arm, so positive is better. All
 * numbers are on one scale: plain differences, or differences of logarithms. A bound is ±Infinity if the data cannot give one.
 */
export type Effect = {
  estimate: number;
  /**
   * One-sided p-value of the claim "the effect is at least `threshold`". If the threshold is 0, the claim is "the effect is above zero".
   */
  p(threshold: number): number;
  /** The lower bound of the effect: the largest T for which the claim "the effect is at least T" has p ≤ alpha. */
  lower(alpha: number): number;
  /** The upper bound of the effect, with error alpha. */
  upper(alpha: number): number;
};

/**
 * Whether `value` is at least `threshold`. Values within `tolerance` count as equal, so that rounding alone cannot bring an equal value
 * below the threshold. A threshold of 0 needs a value above 0, because an unchanged value is no improvement.
 */
export const reaches = (value: number, threshold: number, tolerance: number): boolean =>
  threshold === 0 ? value > tolerance : value >= threshold - tolerance;

/** The effect in paired samples: d[i] is the difference of pair i. The contrasts are the Walsh averages (dᵢ + dⱼ)/2, i ≤ j. */
export const pairedEffect = (d: readonly number[], tolerance: number): Effect =>
  rankEffect(averagesOf(d), signedRankNull(d.length), tolerance);

/** The effect in independent samples. The contrasts are all differences xᵢ − yⱼ. */
export const independentEffect = (x: readonly number[], y: readonly number[], tolerance: number): Effect =>
  rankEffect(differencesOf(x, y), mannWhitneyNull(x.length, y.length), tolerance);

/**
 * The Hodges-Lehmann estimate (median of the contrasts) and its exact rank interval. For the claim "at least T", the statistic of the test
 * is the number of contrasts at or above T. The lower bound is an order statistic of the same contrasts, so the bound and the test cannot
 * disagree. Ties count in favour of the claim, and the distribution without ties is used. For any true effect below T, the error is at most
 * alpha, with or without ties. The differences of pairs must be symmetric, and independent samples must differ only by a shift. Hollander &
 * Wolfe, Nonparametric Statistical Methods, 3.2-3.3 and 4.2-4.3.
 */
function rankEffect(contrasts: Contrasts, distribution: NullDistribution, tolerance: number): Effect {
  const { size, at } = contrasts;
  const half = Math.floor(size / 2);
  return {
    estimate: size % 2 ? at(half)! : (at(half - 1)! + at(half)!) / 2,
    p: (threshold) =>
      distribution.atLeast(size - contrasts.countBelow((value) => reaches(value, threshold, tolerance))),
    lower: (alpha) => at(size - criticalValue(distribution, alpha)) ?? -Infinity,
    upper: (alpha) => at(criticalValue(distribution, alpha) - 1) ?? Infinity,
  };
}
