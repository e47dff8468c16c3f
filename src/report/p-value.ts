import type { Contract } from '../contract/schema/contract.ts';
import { pValue } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Effect, Terms } from './story/story.ts';

/**
 * The p value in words, such as `p = 0.0012 against a gain under 10 %`. The text is `exact` for values that do not vary, because they need
 * no test.
 */
export function pOf(effect: Effect, terms: Terms): string {
  if (effect.p !== null) return `${pValue(effect.p)} ${doubted(terms)}`;
  return isExact(effect) ? 'exact' : 'p –';
}

/** The p value for a table, without the name `p`. `0.0012`, `< 0.0001`, `exact`, `–`. */
export function pCell(effect: Effect | null): string {
  if (!effect) return '–';
  return effect.p === null ? (isExact(effect) ? 'exact' : '–') : pValue(effect.p).replace(/^p (= )?/, '');
}

/**
 * The null hypothesis that a small p value contradicts, in words. `against a gain under 10 %`, `against no gain`. Every test is one-sided.
 */
export const doubted = (terms: Terms): string => `against ${doubts[terms.claim](terms)}`;

const doubts: Record<Contract['claim'], (terms: Terms) => string> = {
  observed: () => 'no gain',
  no_worse: ({ threshold_pct }) => `a regression of ${-threshold_pct!} % or more`,
  // with two thresholds, the improvement must reach both, so the null hypothesis is that it misses at least one of them
  proven: ({ threshold_pct, threshold_absolute, primary }) => {
    const pct = threshold_pct ? [`${threshold_pct} %`] : [];
    const absolute = threshold_absolute ? [quantity(threshold_absolute, primary.unit)] : [];
    const least = [...pct, ...absolute].join(' or ');
    return least ? `a gain under ${least}` : 'no gain';
  },
};

function isExact({ ci95_pct }: Effect): boolean {
  const [low, high] = ci95_pct ?? [null, null];
  return low !== null && low === high;
}
