import { differences } from './effect.ts';
import { median, robustSd } from './robust.ts';
import type { Test } from './rule.ts';

/**
 * Robust standard deviation of the samples of an arm. If pairs are judged, it is computed from the differences of the pairs. Otherwise, it
 * is computed from each sample's deviation from the median of its arm.
 */
export function spreadOfRun(test: Test, base: readonly number[], candidate: readonly number[]): number {
  if (test === 'wilcoxon_signed_rank') return robustSd(differences(base, candidate)) / Math.SQRT2;
  const centred = (values: readonly number[]) => {
    const centre = median([...values]);
    return values.map((v) => v - centre);
  };
  return robustSd([...centred(base), ...centred(candidate)]);
}
