/**
 * Null distributions of rank statistics, by counting: the shift algorithm of Streitberg and Röhmel (1986). The algorithm takes any whole
 * weights, so doubled midranks make the distribution exact under ties. Counts are doubles: exact below 2^53, and correct to fifteen
 * digits above, because all summands are positive.
 */

/** `counts[s]`: how many subsets of `size` weights have the sum s (the rank sum of one of two samples). */
export function subsetSums(weights: readonly number[], size: number): Float64Array {
  const ascending = [...weights].sort((a, b) => a - b);
  const largest = sum(ascending.slice(ascending.length - size));
  const counts = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1));
  counts[0]![0] = 1;
  let reach = 0;
  ascending.forEach((weight, used) => {
    reach = Math.min(reach + weight, largest);
    // A subset with fewer weights than this cannot reach `size` weights with the weights that are left, so it need not be counted.
    const fewest = Math.max(1, size - (ascending.length - used - 1));
    for (let k = Math.min(size, used + 1); k >= fewest; k--) shift(counts[k]!, counts[k - 1]!, weight, reach);
  });
  return counts[size]!;
}

/** `counts[s]`: how many subsets of any size have the sum s (the sum of the positive signed ranks). */
export function signSums(weights: readonly number[]): Float64Array {
  const counts = new Float64Array(sum(weights) + 1);
  counts[0] = 1;
  let reach = 0;
  for (const weight of weights) {
    reach += weight;
    shift(counts, counts, weight, reach);
  }
  return counts;
}

/** P(S ≤ s) and P(S ≥ s) of a distribution given by counts. */
export function tails(counts: Float64Array, s: number): { atMost: number; atLeast: number } {
  const below = sum(counts.subarray(0, s));
  const above = sum(counts.subarray(s + 1));
  const total = below + above + counts[s]!;
  return { atMost: (below + counts[s]!) / total, atLeast: (above + counts[s]!) / total };
}

function shift(to: Float64Array, from: Float64Array, weight: number, reach: number): void {
  for (let s = reach; s >= weight; s--) to[s]! += from[s - weight]!;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
