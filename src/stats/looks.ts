import { isSignificant } from './null-distribution.ts';
import type { Rules, Test } from './rule.ts';

/** A point of a session at which the samples are judged: after `n` pairs, spending `alpha`. */
export type Look = { n: number; alpha: number };

/**
 * The default numbers of pairs at the first and the last look. With these numbers an attempt costs a third less than with 8 and 20 pairs,
 * and has the same guarantee.
 */
export const ordinaryRuns = { first: 5, last: 22 } as const;

/**
 * The share of the error that each look may spend. A plain split of the error (Bonferroni) is valid under any dependence between the
 * looks.
 */
const sharesOf: Record<Rules, readonly number[]> = { 1: [0.2, 0.3, 0.5], 2: [0.2, 0.2, 0.26, 0.34] };

/**
 * The numbers of pairs from the first to the last look: in equal steps under version 1 of the rules, and growing by a constant ratio
 * under version 2.
 */
export const spaced: Record<Rules, (first: number, last: number) => number[]> = {
  1: (first, last) => [first, Math.round((first + last) / 2), last],
  2: (first, last) => [0, 1, 2, 3].map((i) => Math.round(first * (last / first) ** (i / 3))),
};

/**
 * The looks of one session at these numbers of pairs. If two looks have the same number of pairs, the earlier look passes its share of the
 * error on to the later look. A look with too few pairs to be significant also passes its share on. Such a look accepts nothing (alpha 0),
 * but can end a hopeless attempt. Under version 1 of the rules, such a look is left out.
 */
export function looks(at: readonly number[], alpha: number, test: Test, rules: Rules): Look[] {
  const planned: Look[] = [];
  let share = 0;
  at.forEach((n, i) => {
    share += sharesOf[rules][i]!;
    const last = i === at.length - 1;
    const spend = rounded(alpha * share);
    if (!last && n >= at[i + 1]!) return;
    if (last || isSignificant(smallestP(test, n), spend)) {
      planned.push({ n, alpha: spend });
      share = 0;
    } else if (rules > 1) planned.push({ n, alpha: 0 });
  });
  return planned;
}

/**
 * The smallest one-sided p-value that n values of one arm and m values of the other can give. The Mann-Whitney test gives 1 / C(n + m, n),
 * with the binomial coefficient C, if every execution of the candidate beats every execution of the base. The signed-rank test gives 2⁻ⁿ if
 * every pair favours the candidate. The normal test has no minimum if each arm has two values or more.
 */
export function smallestP(test: Test, n: number, m = n): number {
  if (test === 'wilcoxon_signed_rank') return 0.5 ** n;
  if (test === 'mean_2sigma' && Math.min(n, m) >= 2) return 0;
  let p = 1;
  for (let i = 1; i <= n; i++) p *= i / (m + i);
  return p;
}

/**
 * The alpha of attempt `attempt` (from 1). With a confirmation, a wrong acceptance needs two errors, so each attempt may spend the whole
 * alpha. Without a confirmation the attempts share alpha: attempt number j gets alpha · 6/(π²·j²), which sums to alpha over all attempts.
 */
export function attemptAlpha(alpha: number, attempt: number, confirm: boolean): number {
  return confirm ? alpha : (alpha * 6) / (Math.PI * attempt) ** 2;
}

/** Removes the rounding error of binary arithmetic: 0.05 · 0.2 gives 0.010000000000000002, which becomes 0.01. */
const rounded = (x: number) => Number(x.toPrecision(12));
