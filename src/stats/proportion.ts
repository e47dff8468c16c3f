/** Both ends, from 0 to 1. */
export type Proportion = { low: number; high: number };

/** The 97.5 % quantile of the standard normal distribution, for intervals of 95 %. */
const z = 1.959963984540054;

/**
 * The 95 % score interval of a share observed in `n` samples.
 * Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22 (1927).
 */
export function wilson(share: number, n: number): Proportion {
  if (n <= 0) return { low: 0, high: 1 };
  const p = Math.min(1, Math.max(0, share));
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * The 95 % interval of the difference `before − after` of two shares, from -1 to 1.
 * Newcombe, “Interval estimation for the difference between independent proportions”, Statistics in Medicine 17 (1998), method 10.
 */
export function shareDifference(before: { share: number; n: number }, after: { share: number; n: number }): Proportion {
  const [a, b] = [wilson(before.share, before.n), wilson(after.share, after.n)];
  const difference = before.share - after.share;
  return {
    low: difference - Math.hypot(before.share - a.low, b.high - after.share),
    high: difference + Math.hypot(a.high - before.share, after.share - b.low),
  };
}
