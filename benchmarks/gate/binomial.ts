import type { Count } from './simulate.ts';

/** The probability that at least `count` of `of` events happen if each has probability `p`. */
export function binomialUpperTail({ of, count }: Count, p: number): number {
  let term = (1 - p) ** of;
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= (((of - k) / (k + 1)) * p) / (1 - p);
  }
  return Math.max(0, 1 - below);
}
