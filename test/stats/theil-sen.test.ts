import { expect, test } from 'vitest';
import { kendallNull } from '../../src/stats/null-distribution.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { theilSen } from '../../src/stats/theil-sen.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

test('the example of Sen (1968)', () => {
  const x = [1, 2, 3, 4, 10, 12, 18];
  const y = [9, 15, 19, 20, 45, 55, 78];
  const trend = theilSen(x, y, 0.031)!;
  expect(trend.slope).toBe(4);
  // His bounds, the fourth slope and the fourth from above, which by exact counting are those of 96.9 %.
  expect([trend.low, trend.high]).toEqual([26 / 7, 35 / 8]);
  expect(trend.p).toBeCloseTo(2 / 5040, 12);
});

test('the slope of Hollander & Wolfe, example 9.1 to 9.2: cloud seeding', () => {
  expect(theilSen([1, 2, 3, 4, 5], [1.26, 1.27, 1.12, 1.16, 1.03], 0.1)!.slope).toBeCloseTo(-0.05625, 12);
});

test.each([
  [[0.346, 0.922, 0.53, -1.003, 1.305, 0.946, 0.063, 1.281], 0.106, 0.5484126984126985],
  [[0.365, 0.394, 0.228, 0.847, -0.336, 0.337, 0.118, 1.299, 0.84, 0.608, 0.218, 0.843], 0.028, 0.6383612539081289],
  [
    [
      0.008, -0.176, 1.494, 1.307, -2.311, -1.389, 0.425, 0.278, 1.014, 1.117, 3.118, -0.012, 0.822, 3.343, 2.047,
      2.163, 1.086, 0.052, 1.967, 2.009,
    ],
    0.1070578947368421,
    0.039762136700688226,
  ],
])('slope and p of SciPy 1.17.1 (theilslopes, kendalltau exact): series %#', (y, slope, p) => {
  const trend = theilSen(upTo(y.length), y, 0.05)!;
  expect(trend.slope).toBeCloseTo(slope, 12);
  expect(trend.p).toBeCloseTo(p, 9);
});

test('the pairs in order are distributed as counting all orders says', () => {
  const counts = new Array(11).fill(0);
  for (const order of orders(upTo(5))) counts[pairsInOrder(order)]++;
  for (let v = 0; v <= 10; v++) {
    const atLeast = counts.slice(v).reduce((a, b) => a + b, 0) / 120;
    expect(kendallNull(5).atLeast(v)).toBeCloseTo(atLeast, 14);
  }
  expect(kendallNull(400).atLeast(200 * 399)).toBeLessThan(1e-12);
});

test('the interval contains the true slope as often as its level says', () => {
  const random = seededRandom('trend');
  const sessions = 800;
  const held = upTo(sessions).filter(() => {
    const { low, high } = theilSen(
      upTo(14),
      upTo(14).map((x) => 0.1 * x + random() ** 2),
      0.1,
    )!;
    return low <= 0.1 && 0.1 <= high;
  }).length;
  expect(held / sessions).toBeGreaterThan(0.9 - 3 * Math.sqrt((0.1 * 0.9) / sessions));
});

test('constant values have no trend, and few points give no bound', () => {
  expect(theilSen(upTo(10), new Array(10).fill(5), 0.05)).toMatchObject({ slope: 0, p: 1 });
  expect(theilSen([0, 1, 2], [1, 2, 4], 0.05)).toMatchObject({ low: -Infinity, high: Infinity });
  expect(theilSen([1], [1], 0.05)).toBeNull();
});

const pairsInOrder = (order: readonly number[]) =>
  order.reduce((sum, v, i) => sum + order.slice(i + 1).filter((later) => later > v).length, 0);

function orders(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((v, i) => orders(values.filter((_, j) => j !== i)).map((rest) => [v, ...rest]));
}
