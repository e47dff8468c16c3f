import { percent } from '../core/figures.ts';
import { areAlike, quantity } from '../core/units.ts';
import type { Amount, Asked, Reason, ReasonOf } from '../experiment/judged.ts';

type Below = ReasonOf<'below_threshold'> | ReasonOf<'regressed'>;

/** Whether a reason for a verdict shows that the candidate is worse than the base: even the upper bound of the improvement is negative. */
export const showsWorse = (reason: Reason): boolean =>
  reason.code === 'below_threshold' && 'upper_bound' in reason && (reason.upper_bound.value ?? 0) < 0;

/** A reason that shows a regression, such as `slower: at least 28.0 % more wall_ms, proved (estimate 37.2 % more)` */
export function worseText({ upper_bound, estimate }: Below, primary: Asked['primary']): string {
  const more = primary.lower_is_better ? 'more' : 'less';
  const exactly = upper_bound.value === estimate.value;
  const least = `${exactly ? '' : 'at least '}${size(upper_bound)} ${more} ${primary.name}`;
  return `${wordOf(primary)}: ${least}, ${exactly ? 'compared exactly' : `proved (estimate ${size(estimate)} ${more})`}`;
}

/** The word for a change of the metric in the worse direction. */
function wordOf({ unit, lower_is_better }: Asked['primary']): string {
  if (!lower_is_better) return 'lower';
  return areAlike(unit, 'ms') ? 'slower' : areAlike(unit, 'KB') ? 'larger' : 'higher';
}

function size({ value, unit }: Amount): string {
  const amount = Math.abs(value ?? 0);
  return unit === '%' ? percent(amount) : quantity(amount, unit);
}
