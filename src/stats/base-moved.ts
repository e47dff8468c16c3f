import { mannWhitney } from './mann-whitney.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';

/**
 * The largest p-value at which the one-sided test shows a shift of the base. With this p-value and `FLOOR_PCT`, fewer than one attempt in
 * 1,000 is stopped without a real shift of the base (`npm run bench:control`).
 */
const ALPHA = 0.001;

/** The smallest shift of the base, in per cent, that stops an attempt. A smaller shift can also come from a warmer machine. */
const FLOOR_PCT = 3;

/** The earlier samples of an unchanged program. `exact`: the metric has the same value in every execution. */
export type Control = { before: readonly number[]; exact: boolean };

/**
 * Whether new samples of the unchanged base program differ from its earlier samples. A candidate would look better if only the base had
 * become slower. For an exact metric, any new value is a difference. For other metrics, the base must have become worse by at least half of
 * the threshold and at least 3 %. Each earlier sample is first made worse by this amount. A one-sided Mann-Whitney test must then show,
 * with p ≤ 0.001, that the new samples are still worse.
 */
export function baseMoved(
  { before, exact }: Control,
  now: readonly number[],
  { lower_is_better, threshold }: Pick<Rule, 'lower_is_better' | 'threshold'>,
): boolean {
  if (before.length === 0 || now.length === 0) return false;
  if (exact) return now.some((value) => !before.includes(value));
  const was = Math.abs(median(before));
  const half = threshold.type === 'absolute' ? threshold.absolute_min / 2 : (was * Math.abs(threshold.pct_min)) / 200;
  const least = Math.max(half, (was * FLOOR_PCT) / 100);
  const { greater, less } = mannWhitney(
    now,
    before.map((value) => (lower_is_better ? value + least : value - least)),
  );
  return (lower_is_better ? greater : less) <= ALPHA;
}
