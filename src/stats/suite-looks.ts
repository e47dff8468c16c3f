import { smallestP } from './looks.ts';
import { isSignificant } from './null-distribution.ts';
import type { Test } from './rule.ts';
import type { SuiteLooks } from './suite.ts';

/** The share of the error that each look may spend, as in a session of one benchmark. */
const shares = [0.2, 0.2, 0.26, 0.34];
/**
 * The number of pairs at the last look, divided by the number of pairs at the first look. The first look has enough pairs to pass the
 * first step of Holm's method.
 */
const GROWTH = 3;
const LEAST = { first: 5, last: 22 };

type Asked = { benchmarks: number; alpha: number; test: Test; first?: number; last?: number };

/**
 * The looks of a suite. The looks depend only on the number of benchmarks in the suite, so they are fixed before any measurement. With
 * many benchmarks, few pairs cannot be significant, so the first look comes later. `first` and `last`: the numbers of pairs in the
 * contract.
 */
export function suiteLooks({ benchmarks, alpha, test, first, last }: Asked): SuiteLooks {
  let from = first ?? LEAST.first;
  const spent = (alpha * shares[0]!) / benchmarks;
  while (first === undefined && from < (last ?? 60) && !isSignificant(smallestP(test, from), spent)) from++;
  const to = Math.max(from, last ?? Math.max(LEAST.last, GROWTH * from));
  const at = shares.map((_, i) => Math.round(from * (to / from) ** (i / (shares.length - 1))));
  const planned: { n: number; share: number }[] = [];
  let share = 0;
  at.forEach((n, i) => {
    share += shares[i]!;
    if (n === at[i + 1]) return;
    planned.push({ n, share: Number(share.toPrecision(12)) });
    share = 0;
  });
  return planned;
}
