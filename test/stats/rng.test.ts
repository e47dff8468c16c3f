import { expect, test } from 'vitest';
import { seededRandom } from '../../src/stats/rng.ts';

const draw = (seed: string, n: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, random);
};

test('the same seed gives the same numbers, today and on every machine', () => {
  expect(draw('20250101-1200-demo', 3)).toEqual(draw('20250101-1200-demo', 3));
  expect(draw('perf-gate', 3).map((u) => u * 2 ** 32)).toMatchInlineSnapshot(`
    [
      1433784413,
      3639381460,
      3305115453,
    ]
  `);
});

test('neighbouring seeds share nothing', () => {
  const seeds = Array.from({ length: 200 }, (_, i) => `run-${i}`);
  expect(new Set(seeds.flatMap((s) => draw(s, 5))).size).toBe(1000);
  const heads = seeds.filter((s) => draw(s, 1)[0]! < 0.5).length;
  expect(Math.abs(heads - 100)).toBeLessThan(30);
});

test('numbers are uniform on [0, 1) and do not follow one another', () => {
  const values = draw('uniform', 50_000);
  const bins = new Array<number>(20).fill(0);
  for (const v of values) bins[Math.floor(v * 20)]!++;
  // χ² with 19 degrees of freedom is under 43.8 with probability 0.999.
  expect(bins.reduce((chi, count) => chi + (count - 2500) ** 2 / 2500, 0)).toBeLessThan(43.8);
  const lag = values.slice(1).reduce((sum, v, i) => sum + (v - 0.5) * (values[i]! - 0.5), 0) / values.length;
  expect(Math.abs(lag * 12)).toBeLessThan(0.02);
});
