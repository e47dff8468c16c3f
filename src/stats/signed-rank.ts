import { normalPValues, type PValues, pValues } from './mann-whitney.ts';
import { midranks, tieTerm } from './ranks.ts';
import { signSums, tails } from './subset-sums.ts';

/** If there are more differences than this, the normal approximation replaces the exact distribution. */
export const signedRankExactTo = 200;

/**
 * Wilcoxon's signed-rank test of differences. `greater` means that the differences tend to be positive. With at most 200 differences, the
 * p-values are exact, even with ties (random signs on the observed midranks). Differences within `tolerance` of zero are dropped, as
 * Wilcoxon does. If no difference remains, p = 1. `v` is the sum of the ranks of the positive differences.
 */
export function signedRank(differences: readonly number[], tolerance = 0): PValues & { v: number } {
  const d = differences.filter((value) => Math.abs(value) > tolerance);
  if (d.length === 0) return { v: 0, ...pValues(1, 1) };
  if (d.length > signedRankExactTo) return signedRankNormal(d, tolerance);
  const { doubled } = midranks(d.map(Math.abs), tolerance);
  const sum = positiveSum(d, doubled);
  const tail = tails(signSums(doubled), sum);
  return { v: sum / 2, ...pValues(tail.atMost, tail.atLeast) };
}

/** The signed-rank test by the normal approximation, with tie and continuity correction (Hollander & Wolfe, 3.1). */
export function signedRankNormal(differences: readonly number[], tolerance = 0): PValues & { v: number } {
  const d = differences.filter((value) => Math.abs(value) > tolerance);
  const n = d.length;
  const { doubled, groups } = midranks(d.map(Math.abs), tolerance);
  const v = positiveSum(d, doubled) / 2;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm(groups) / 48;
  return { v, ...normalPValues(v - (n * (n + 1)) / 4, variance) };
}

const positiveSum = (d: readonly number[], ranks: readonly number[]) =>
  d.reduce((sum, value, i) => (value > 0 ? sum + ranks[i]! : sum), 0);
