import { normalCdf } from './normal.ts';
import { midranks, tieTerm } from './ranks.ts';
import { subsetSums, tails } from './subset-sums.ts';

/** p-values of one test for its three alternatives, each in (0, 1]. The two-sided p-value is twice the smaller one-sided p-value. */
export type PValues = { less: number; greater: number; twoSided: number };

/** If a sample has more values than this, the normal approximation replaces the exact distribution. */
export const mannWhitneyExactTo = 50;

/**
 * Mann-Whitney test of two independent samples. `greater` means that x tends to be greater than y. With at most 50 values in each sample,
 * the p-values are exact, even with ties (permutation distribution of the midranks). With more values, the p-values are normal
 * approximations. `u` counts the pairs in which x is above y. A tie counts as half a pair.
 */
export function mannWhitney(x: readonly number[], y: readonly number[]): PValues & { u: number } {
  if (Math.max(x.length, y.length) > mannWhitneyExactTo) return mannWhitneyNormal(x, y);
  const { doubled, groups } = midranks([...x, ...y]);
  const unit = groups.length === doubled.length ? 2 : 1; // Without ties the plain ranks suffice, at half the cost.
  const weights = doubled.map((r) => r / unit);
  const rankSum = sum(weights.slice(0, x.length));
  // If y is the smaller sample, the rank sum of y gives the same p-values at a lower cost. Its tails are swapped.
  const small = x.length <= y.length;
  const counts = subsetSums(weights, Math.min(x.length, y.length));
  const tail = tails(counts, small ? rankSum : sum(weights) - rankSum);
  const u = (rankSum * unit) / 2 - (x.length * (x.length + 1)) / 2;
  return small ? { u, ...pValues(tail.atMost, tail.atLeast) } : { u, ...pValues(tail.atLeast, tail.atMost) };
}

/** The Mann-Whitney test by the normal approximation, with tie and continuity correction (Hollander & Wolfe, 4.1). */
export function mannWhitneyNormal(x: readonly number[], y: readonly number[]): PValues & { u: number } {
  const [n, m] = [x.length, y.length];
  const { doubled, groups } = midranks([...x, ...y]);
  const u = sum(doubled.slice(0, n)) / 2 - (n * (n + 1)) / 2;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - tieTerm(groups) / (all * (all - 1)));
  return { u, ...normalPValues(u - (n * m) / 2, variance) };
}

/**
 * The p-values of a statistic that differs by `deviation` from its mean. The continuity correction moves the statistic half a step towards
 * the mean.
 */
export function normalPValues(deviation: number, variance: number): PValues {
  if (!(variance > 0)) return pValues(1, 1);
  const sd = Math.sqrt(variance);
  return pValues(normalCdf((deviation + 0.5) / sd), normalCdf((0.5 - deviation) / sd));
}

export const pValues = (less: number, greater: number): PValues => ({
  less,
  greater,
  twoSided: Math.min(1, 2 * Math.min(less, greater)),
});

const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);
