import { WEEK } from '../../core/time.ts';
import { toPercent } from '../../stats/percent.ts';
import { theilSen } from '../../stats/theil-sen.ts';
import type { DailySeries, Subject } from './series.ts';

/** The trend of a series in per cent per week. A bound of the interval is null if there are too few days to compute it. */
export type SeriesTrend = Subject & {
  days: number;
  from: string;
  to: string;
  pct_per_week: number;
  ci_pct: [number | null, number | null];
  p: number;
};

/** The least number of days for a trend. */
const leastDays = 7;

/**
 * The median slope (Theil–Sen) of the logarithms of the daily medians, with a 95 % interval. Days without a value are gaps, not zeros. A
 * median of 0 has no logarithm and is left out. Returns null for fewer than seven days.
 */
export function trendOf({ days, metric, unit, handler, plugin }: DailySeries): SeriesTrend | null {
  const used = days.filter((day) => day.median > 0);
  if (used.length < leastDays) return null;
  const weeks = used.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / WEEK);
  const trend = theilSen(
    weeks,
    used.map((day) => Math.log(day.median)),
    0.05,
  )!;
  const percent = (slope: number) => (Number.isFinite(slope) ? toPercent(slope, 'increase') : null);
  return {
    metric,
    unit,
    handler,
    plugin,
    days: used.length,
    from: used[0]!.day,
    to: used.at(-1)!.day,
    pct_per_week: percent(trend.slope)!,
    ci_pct: [percent(trend.low), percent(trend.high)],
    p: trend.p,
  };
}
