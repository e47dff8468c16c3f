import { failure } from '../core/errors.ts';
import { mannWhitney as mannWhitneyTest } from '../stats/mann-whitney.ts';
import { signedRank as signedRankTest } from '../stats/signed-rank.ts';

/** The p-values of a test for its three alternative hypotheses. Each p-value is in (0, 1]. */
export type PValues = { less: number; greater: number; twoSided: number };

/**
 * Mann-Whitney test (Wilcoxon rank sum) of two independent arrays of numbers. `greater`: the p-value for “x tends to be greater than y”. If
 * both arrays have at most 50 numbers, the p-value is exact, also with ties. For larger arrays, the p-value comes from the normal
 * approximation with tie and continuity correction. `u`: the number of pairs with x above y, in which a tie counts one half.
 * @throws PerfGateError: usage (an empty array, or a number that is not finite)
 */
export function mannWhitney(x: readonly number[], y: readonly number[]): PValues & { u: number } {
  mustBeSamples(x, y);
  return mannWhitneyTest(x, y);
}

/**
 * Wilcoxon's signed-rank test of differences. `greater`: the p-value for “the differences tend to be positive”. Up to 200 differences, the
 * p-value is exact, also with ties. Above 200, the p-value comes from the normal approximation. Differences of zero are dropped (Wilcoxon's
 * method). If no difference is left, the p-value is 1. `v`: the sum of the ranks of the positive differences.
 * @throws PerfGateError: usage (no differences, or a difference that is not finite)
 */
export function signedRank(differences: readonly number[]): PValues & { v: number } {
  mustBeSamples(differences);
  return signedRankTest(differences);
}

function mustBeSamples(...samples: (readonly number[])[]): void {
  if (samples.every((values) => values?.length > 0 && values.every(Number.isFinite))) return;
  throw failure('usage', {
    problem: 'An argument is empty, or contains something other than finite numbers.',
    hint: 'Pass at least one number. Find the cause of NaN or Infinity before you remove it.',
  });
}
