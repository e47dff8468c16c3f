import { mannWhitneyExactTo } from './mann-whitney.ts';
import { normalCdf } from './normal.ts';
import { signedRankExactTo } from './signed-rank.ts';
import { signSums, subsetSums } from './subset-sums.ts';

/**
 * The distribution of a count of favourable contrasts (Mann-Whitney's U, the signed-rank V) without ties and without an effect. The
 * counts are whole numbers from 0 to `max`, and their distribution is symmetric.
 */
export type NullDistribution = {
  max: number;
  /** P(count ≥ v); 1 for v ≤ 0, 0 above `max`. */
  atLeast(v: number): number;
};

const known = new Map<string, NullDistribution>();

/** Null distribution of Mann-Whitney's U for samples of n and m values. */
export const mannWhitneyNull = (n: number, m: number): NullDistribution =>
  remember(`u ${n} ${m}`, () => {
    const variance = (n * m * (n + m + 1)) / 12;
    if (Math.max(n, m) > mannWhitneyExactTo) return normal(n * m, variance);
    const small = Math.min(n, m);
    return exact(subsetSums(upTo(n + m), small).subarray((small * (small + 1)) / 2));
  });

/** Null distribution of the signed-rank V for n differences. */
export const signedRankNull = (n: number): NullDistribution =>
  remember(`v ${n}`, () => {
    const max = (n * (n + 1)) / 2;
    return n > signedRankExactTo ? normal(max, (max * (2 * n + 1)) / 12) : exact(signSums(upTo(n)));
  });

/** Null distribution of the number of concordant pairs among n values (0 to n(n − 1)/2), as Kendall's tau counts them. */
export const kendallNull = (n: number): NullDistribution =>
  remember(`k ${n}`, () => {
    let chances = Float64Array.of(1);
    for (let size = 2; size <= n; size++) chances = spreadOver(chances, size);
    return exact(chances);
  });

/** The next value is concordant with 0 to `size − 1` of the earlier values, and each of these numbers is equally likely. */
function spreadOver(chances: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  const spread = new Float64Array(chances.length + size - 1);
  let sum = 0;
  for (let v = 0; v < spread.length; v++) {
    sum += (chances[v] ?? 0) - (chances[v - size] ?? 0);
    spread[v] = Math.max(0, sum) / size;
  }
  return spread;
}

/** The smallest v with P(count ≥ v) ≤ alpha. Returns `max + 1` if no such v exists. */
export function criticalValue(distribution: NullDistribution, alpha: number): number {
  let [low, high] = [0, distribution.max + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2); // the counts of large samples do not fit 32 bits
    if (isSignificant(distribution.atLeast(middle), alpha)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether p ≤ alpha, with a tolerance for the rounding of a share of alpha (in binary, 0.05 · 0.2 is not 0.01). */
export const isSignificant = (p: number, alpha: number) => p <= alpha * (1 + 1e-12);

function exact(counts: Float64Array): NullDistribution {
  const upper = new Float64Array(counts.length + 1);
  for (let v = counts.length - 1; v >= 0; v--) upper[v] = upper[v + 1]! + counts[v]!;
  const total = upper[0]!;
  return { max: counts.length - 1, atLeast: (v) => (v <= 0 ? 1 : (upper[v] ?? 0) / total) };
}

function normal(max: number, variance: number): NullDistribution {
  const sd = Math.sqrt(variance);
  return { max, atLeast: (v) => (v <= 0 ? 1 : v > max ? 0 : normalCdf((max / 2 + 0.5 - v) / sd)) };
}

function remember(key: string, make: () => NullDistribution): NullDistribution {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
