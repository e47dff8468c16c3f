import { mannWhitney } from './mann-whitney.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';

/** One honest attempt in a thousand may be hit, whatever its machine does. */
const ALPHA = 0.001;

/** What an unchanged program measured before; `exact`: it measures the same every time. */
export type Control = { before: readonly number[]; exact: boolean };

/**
 * Whether the unchanged program of the base measures otherwise than before, so that a change would be credited with what slowed the base.
 * Exact metrics must repeat the value. Of others only the flattering direction counts, where the median moved by at least half of the
 * threshold (`least`, a share of the median before, or an amount), with p ≤ 0.001 by Mann-Whitney, one-sided.
 */
export function baseMoved(
  { before, exact }: Control,
  now: readonly number[],
  { lower_is_better, threshold }: Pick<Rule, 'lower_is_better' | 'threshold'>,
): boolean {
  if (before.length === 0 || now.length === 0) return false;
  if (exact) return now.some((value) => !before.includes(value));
  const [was, is] = [median(before), median(now)];
  const worse = lower_is_better ? is - was : was - is;
  const least =
    threshold.type === 'absolute' ? threshold.absolute_min / 2 : (Math.abs(threshold.pct_min) / 200) * Math.abs(was);
  if (worse <= 0 || worse < least) return false;
  const { greater, less } = mannWhitney(now, before);
  return (lower_is_better ? greater : less) <= ALPHA;
}
