import { expect, it } from 'vitest';
import { baseMoved } from '../../src/stats/base-moved.ts';
import { seededRandom } from '../../src/stats/rng.ts';

const rule = {
  lower_is_better: true,
  threshold: { type: 'pct', pct_min: 10, absolute_min: 0, significance_required: true },
} as const;
const around = (middle: number, n: number, seed: string) => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => middle * (1 + (random() - 0.5) / 50));
};
const sampled = { before: around(100, 10, 'a'), exact: false };

it.each([
  ['the same', 100, false],
  ['less than half of the threshold slower', 104, false],
  ['hardly more than half of it slower', 105.5, false],
  ['clearly more than half of it slower', 108, true],
  ['faster, which flatters nobody', 80, false],
])('a base that measures %s than before: %d', (_, middle, moved) => {
  expect(baseMoved(sampled, around(middle, 8, 'b'), rule)).toBe(moved);
});

it('few samples prove nothing', () => {
  expect(baseMoved({ before: [100, 101], exact: false }, [120, 121], rule)).toBe(false);
});

it('the direction is that of the metric', () => {
  const higher = { ...rule, lower_is_better: false };
  expect(baseMoved(sampled, around(80, 8, 'b'), higher)).toBe(true);
  expect(baseMoved(sampled, around(120, 8, 'b'), higher)).toBe(false);
});

it('an exact metric repeats its value, in either direction', () => {
  const control = { before: [100, 100], exact: true };
  expect(
    [
      [100, 100],
      [101, 101],
      [99, 99],
    ].map((now) => baseMoved(control, now, rule)),
  ).toEqual([false, true, true]);
});

it('an absolute threshold counts by its amount', () => {
  const absolute = { ...rule, threshold: { ...rule.threshold, type: 'absolute', absolute_min: 20 } } as const;
  expect(baseMoved(sampled, around(108, 8, 'b'), absolute)).toBe(false);
  expect(baseMoved(sampled, around(113, 8, 'b'), absolute)).toBe(true);
});
