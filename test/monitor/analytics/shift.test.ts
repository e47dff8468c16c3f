import { describe, expect, test } from 'vitest';
import { daysBefore } from '../../../src/core/time.ts';
import { type Day, dayOf, daysOf } from '../../../src/monitor/analytics/daily.ts';
import { changePoint, shiftOf, windowMean } from '../../../src/monitor/analytics/shift.ts';
import { seededRandom } from '../../../src/stats/rng.ts';

const first = '2026-02-20';
const dayAt = (i: number) => daysBefore(first, -i);

/** Days with one run each, with 5 % noise. */
function days(levels: readonly number[]): Day[] {
  const random = seededRandom('days');
  return levels.map((level, i) => dayOf(dayAt(i), [level * (0.95 + 0.1 * random())]));
}
const level = (ms: number, count: number) => new Array<number>(count).fill(ms);

describe('the change point', () => {
  const rose = days([...level(100, 20), ...level(150, 5)]);

  test('has the first day of the new level, both levels and the size of the shift', () => {
    const shift = shiftOf(rose, dayAt(24), changePoint)!;
    expect(shift.since).toBe(dayAt(20));
    expect(shift.before).toBeGreaterThan(95);
    expect(shift.before).toBeLessThan(105);
    expect(shift.shift_pct).toBeCloseTo(100 * (shift.after / shift.before - 1), 9);
    expect(shift.p).toBeLessThan(0.005);
  });

  test.each([
    ['no shift: the new level has only two days', days([...level(100, 28), ...level(200, 2)])],
    ['no shift: a rise of 15 % is below the threshold', days([...level(100, 20), ...level(115, 10)])],
    ['no shift: the level fell', days([...level(150, 20), ...level(100, 10)])],
    ['no shift: the level has fallen back', days([...level(100, 18), ...level(200, 8), ...level(100, 4)])],
    ['no shift: the machine was busy on one day only', days([...level(100, 15), 900, ...level(100, 14)])],
    ['no shift: too few days', days([...level(100, 4), ...level(200, 4)])],
    ['no shift: a level of 0 has no percentage', days([...level(0, 20), ...level(50, 10)])],
    ['no shift: no days', []],
  ])('%s', (_, given) => {
    expect(shiftOf(given, dayAt(29), changePoint)).toBeNull();
  });

  test('only days in the window count: a level that rose earlier is the normal one', () => {
    const long = days([...level(100, 20), ...level(150, 40)]);
    expect(shiftOf(long, dayAt(30), changePoint)).not.toBeNull();
    expect(shiftOf(long, dayAt(59), changePoint)).toBeNull();
  });
});

test('the window_mean rule compares the recent days with the earlier ones, weighted by their runs', () => {
  const given = days([...level(100, 30), ...level(130, 7)]);
  const shift = shiftOf(given, dayAt(36), windowMean)!;
  expect(shift).toMatchObject({ since: dayAt(30), p: null });
  expect(Math.abs(shift.shift_pct - 30)).toBeLessThan(5);
  expect(shiftOf(days([...level(100, 30), ...level(110, 7)]), dayAt(36), windowMean)).toBeNull();
  expect(shiftOf(given.slice(-7), dayAt(36), windowMean)).toBeNull();
  const [base, ...rest] = [dayOf(dayAt(0), [100]), dayOf(dayAt(30), [400]), dayOf(dayAt(31), level(100, 99))];
  expect(shiftOf([base!, ...rest], dayAt(36), windowMean)).toBeNull();
});

test('points are grouped into days of local time, and invalid numbers are left out', () => {
  const at = (text: string) => Date.parse(text);
  const points = [
    { t: at('2026-03-02T00:30:00Z'), value: 3 },
    { t: at('2026-03-01T23:30:00Z'), value: 1 },
    { t: at('2026-03-01T12:00:00Z'), value: 2 },
    { t: Number.NaN, value: 9 },
    { t: at('2026-03-01T12:00:00Z'), value: Infinity },
  ];
  expect(daysOf(points).map(({ day, n, median, mean, p95 }) => [day, n, median, mean, p95])).toEqual([
    ['2026-03-01', 2, 1.5, 1.5, 2],
    ['2026-03-02', 1, 3, 3, 3],
  ]);
  expect(daysOf(points, 60).map(({ day, n }) => [day, n])).toEqual([
    ['2026-03-01', 1],
    ['2026-03-02', 2],
  ]);
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
});
