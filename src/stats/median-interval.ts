/**
 * The distribution-free 95 % interval of the median of n values (Conover, Practical Nonparametric Statistics, 3.2). Its ends are the k-th
 * smallest and the k-th largest value, where k is the largest number with P(Binomial(n, ½) < k) ≤ 2.5 %. Returns null for fewer than 6
 * values, because no such k exists.
 */
export function medianInterval(values: readonly number[]): [number, number] | null {
  const n = values.length;
  let below = 0;
  let k = 0;
  for (let term = 0.5 ** n; below + term <= 0.025; k++) {
    below += term;
    term *= (n - k) / (k + 1);
  }
  if (k === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[k - 1]!, sorted[n - k]!];
}
