import { daysBefore } from '../../core/time.ts';
import { likeliestRise } from '../../stats/change-point.ts';
import { toPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import type { Day } from './daily.ts';

/** A rise of the level, in the unit of the metric. `shift_pct` is above 0; `p` is null if the rule computes no p-value. */
export type Shift = {
  /** The first day of the higher level. */
  since: string;
  before: number;
  after: number;
  shift_pct: number;
  p: number | null;
};

/** The rule that decides whether the level of a series rose. */
export type ShiftRule =
  | {
      /** With this rule, a rank CUSUM over the days of the window finds a change point. */
      rule: 'change_point';
      window_days: number;
      /** The significance level, which is the largest accepted p-value. */
      p: number;
      /** The least number of days before and after the change point. */
      least_days: number;
      shift_pct: number;
    }
  | {
      /** With this rule, the mean of the recent days must exceed the mean of the earlier days by more than `shift_pct`. */
      rule: 'window_mean';
      recent_days: number;
      baseline_days: number;
      shift_pct: number;
    };

export const changePoint = { rule: 'change_point', window_days: 30, p: 0.005, least_days: 3, shift_pct: 20 } as const;
export const windowMean = { rule: 'window_mean', recent_days: 7, baseline_days: 30, shift_pct: 20 } as const;

/**
 * The shift that the rule finds in the days up to `today`. The days are sorted, the oldest first. Null if the rule finds no shift.
 */
export const shiftOf = (days: readonly Day[], today: string, rule: ShiftRule): Shift | null =>
  rule.rule === 'change_point' ? changePointShift(days, today, rule) : windowMeanShift(days, today, rule);

type Of<R> = Extract<ShiftRule, { rule: R }>;

/**
 * Finds a shift by a change point. A level is the median of the days' medians, so that one busy day has no effect. The median of the last
 * days must also exceed the threshold, so that a rise that is already over is not reported.
 */
function changePointShift(days: readonly Day[], today: string, rule: Of<'change_point'>): Shift | null {
  const window = between(days, daysBefore(today, rule.window_days - 1), today);
  const medians = window.map((day) => day.median);
  const found = likeliestRise(medians, rule.least_days);
  if (!found || found.isHopeless(rule.p)) return null;
  const before = median(medians.slice(0, found.at));
  const after = median(medians.slice(found.at));
  const lately = median(medians.slice(-rule.least_days));
  const shift_pct = percentAbove(after, before);
  if (!(Math.min(shift_pct, percentAbove(lately, before)) >= rule.shift_pct)) return null;
  // the p-value is computed last, because this is the most expensive step
  const p = found.p();
  return p > rule.p ? null : { since: window[found.at]!.day, before, after, shift_pct, p };
}

/** Finds a shift of the mean. The mean is over all values, so that a day with many executions has more weight. */
function windowMeanShift(days: readonly Day[], today: string, rule: Of<'window_mean'>): Shift | null {
  const first = daysBefore(today, rule.recent_days - 1);
  const recent = between(days, first, today);
  const baseline = between(days, daysBefore(first, rule.baseline_days), daysBefore(first, 1));
  if (recent.length === 0 || baseline.length === 0) return null;
  const [before, after] = [meanOf(baseline), meanOf(recent)];
  const shift_pct = percentAbove(after, before);
  return shift_pct > rule.shift_pct ? { since: recent[0]!.day, before, after, shift_pct, p: null } : null;
}

/** The rise in per cent. The result is NaN if `before` is 0. NaN exceeds no threshold. */
const percentAbove = (after: number, before: number) =>
  before > 0 ? toPercent(Math.log(after / before), 'increase') : Number.NaN;

const meanOf = (days: readonly Day[]) =>
  days.reduce((sum, { mean, n }) => sum + mean * n, 0) / days.reduce((sum, { n }) => sum + n, 0);

/** The days from `first` to `last`. Days are compared as texts, because texts such as `2026-11-29` sort by time. */
const between = (days: readonly Day[], first: string, last: string) =>
  days.filter(({ day }) => day >= first && day <= last);
