import { daysBefore } from '../../core/time.ts';
import { type Case, followed } from './cases.ts';
import type { DailySeries } from './series.ts';
import type { ShiftRule } from './shift.ts';
import { suspicionsOf } from './suspicions.ts';

/**
 * The cases that daily searches from the day `first` to the day `last` would have opened and updated. Both days are included. Each search
 * uses only the data up to its day.
 */
export function casesOver(series: readonly DailySeries[], [first, last]: [string, string], rule: ShiftRule): Case[] {
  let cases: Case[] = [];
  for (let today = first; today <= last; today = daysBefore(today, -1)) {
    const seen = series.map((one) => ({ ...one, days: one.days.filter(({ day }) => day <= today) }));
    cases = followed(cases, suspicionsOf(seen, today, rule), { series: seen, today });
  }
  return cases;
}
