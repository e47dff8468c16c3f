import { dayName, MINUTE } from '../../core/time.ts';
import { median } from '../../stats/robust.ts';

/** The figures of one series on one day. A series has no entry for a day without an execution. */
export type Day = {
  /** The day, such as `2026-11-29`. */
  day: string;
  /** Number of values from which the figures are computed; at least 1. */
  n: number;
  /** The median of the day in the unit of the metric. */
  median: number;
  mean: number;
  p95: number;
};

/** One value at one time, in milliseconds since 1970. */
export type Point = { t: number; value: number };

/** The figures of one day; `values` must not be empty. */
export function dayOf(day: string, values: readonly number[]): Day {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    day,
    n: sorted.length,
    median: median(sorted),
    mean: sorted.reduce((sum, v) => sum + v, 0) / sorted.length,
    p95: sorted[Math.ceil(0.95 * sorted.length) - 1]!,
  };
}

/**
 * Groups points into days, oldest first. `offsetMinutes`: the minutes by which local time is ahead of UTC. Days end at local midnight.
 */
export function daysOf(points: readonly Point[], offsetMinutes = 0): Day[] {
  const byDay = new Map<string, number[]>();
  for (const { t, value } of points) {
    if (!Number.isFinite(t) || !Number.isFinite(value)) continue;
    const day = dayName(t + offsetMinutes * MINUTE);
    const values = byDay.get(day);
    if (values) values.push(value);
    else byDay.set(day, [value]);
  }
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, values]) => dayOf(day, values));
}
