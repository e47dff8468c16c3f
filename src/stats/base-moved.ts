import { mannWhitney } from './mann-whitney.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';

/** p of the one-sided test. With the floor below, it hits fewer than one honest attempt in a thousand (`npm run bench:control`). */
const ALPHA = 0.001;

/** A base that moved by less, in per cent, is not told from a machine that is warmer than before. */
const FLOOR_PCT = 3;

/** What an unchanged program measured before; `exact`: it measures the same every time. */
export type Control = { before: readonly number[]; exact: boolean };

/**
 * Whether the unchanged program of the base measures otherwise than before, so that a change would be credited with what slowed the base.
 * Exact metrics must repeat their value. Of others only the flattering direction counts: the base must be shown to be worse by half of
 * the threshold, and by 3 % at least (one-sided Mann-Whitney against the shifted values of before, p ≤ 0.001).
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
