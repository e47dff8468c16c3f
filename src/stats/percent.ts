/** The direction of a percentage: a time that halves is a decrease of 50 %, and a rate that doubles is an increase of 100 %. */
export type Direction = 'decrease' | 'increase';

/**
 * Converts a difference x of logarithms to per cent: a decrease of 100(1 − e^−x), or an increase of 100(e^x − 1). ±Infinity, which means
 * "no bound", stays as it is.
 */
export function toPercent(x: number, direction: Direction): number {
  if (!Number.isFinite(x)) return x;
  return direction === 'decrease' ? -100 * Math.expm1(-x) : 100 * Math.expm1(x);
}

/** The inverse of `toPercent`. Infinity for a decrease of 100 % or more, because such a decrease is impossible. */
export function fromPercent(percent: number, direction: Direction): number {
  if (direction === 'increase') return Math.log1p(percent / 100);
  return percent >= 100 ? Infinity : -Math.log1p(-percent / 100);
}

/** Converts a bound to a number that JSON can express. Null for a bound that does not exist. */
export const orNull = (x: number): number | null => (Number.isFinite(x) ? x : null);
