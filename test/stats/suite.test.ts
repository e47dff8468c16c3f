import { expect, it } from 'vitest';
import { simulate } from '../../benchmarks/suite/simulated.ts';
import { geometricMean, holm } from '../../src/stats/suite.ts';
import { suiteLooks } from '../../src/stats/suite-looks.ts';

it('steps down as Holm does, and stops at the first that is not small', () => {
  expect(holm([0.03, 0.01, 0.024, 0.2], 0.05)).toEqual([false, true, false, false]);
  expect(holm([0.04, 0.01, 0.016, 0.02], 0.05)).toEqual([true, true, true, true]);
  expect(holm([], 0.05)).toEqual([]);
});

it('shows nothing in a part of a family that the whole family would not show', () => {
  const p = Array.from({ length: 12 }, (_, i) => (i * i + 1) / 5000);
  const whole = holm(p, 0.05);
  const parts = [0, 1, 2].map((part) => p.filter((_, i) => i % 3 === part));
  const shown = p.map((_, i) => holm(parts[i % 3]!, 0.05, p.length)[Math.floor(i / 3)]!);
  expect(shown.filter(Boolean).length).toBeGreaterThan(2);
  expect(shown.every((isShown, i) => !isShown || whole[i])).toBe(true);
  expect(holm(parts[0]!, 0.05).filter(Boolean).length).toBeGreaterThan(
    shown.filter((one, i) => one && i % 3 === 0).length,
  );
});

it('the first look has enough pairs to pass Holm’s first step, and the looks spend the whole error', () => {
  for (const benchmarks of [1, 4, 100, 1000]) {
    const looks = suiteLooks({ benchmarks, alpha: 0.05, test: 'mann_whitney' });
    expect(looks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  }
  expect(suiteLooks({ benchmarks: 100, alpha: 0.05, test: 'mann_whitney' }).map(({ n }) => n)).toEqual([8, 12, 17, 24]);
});

it('makes an error in at most one of twenty suites, and finds real changes', () => {
  const none = simulate({ name: 'none', spreadPct: 2, slower: Array(20).fill(0) }, 200, 3);
  expect(none.falselyRegressed).toBeLessThanOrEqual(18); // 10 are allowed; 18 happen in 1 of 100 such tests
  expect(none.falselyBetter).toBeLessThanOrEqual(18);
  const margin = simulate({ name: 'margin', spreadPct: 2, slower: Array(20).fill(3) }, 200, 3);
  expect(margin.falselyHeld).toBeLessThanOrEqual(18);
  const some = simulate({ name: 'some', spreadPct: 2, slower: [10, ...Array(19).fill(0)] }, 50, 3);
  expect(some.found).toBe(some.planted);
});

it('takes the mean of ratios, with an interval that shrinks with their number', () => {
  expect(
    geometricMean([
      { estimate: Math.log(2), error: 0 },
      { estimate: -Math.log(2), error: 0 },
    ]),
  ).toMatchObject({
    improvement_pct: 0,
    ci95_pct: [0, 0],
  });
  expect(geometricMean([])).toBeNull();
  expect(geometricMean([{ estimate: 0, error: Infinity }])!.ci95_pct).toBeNull();
});
