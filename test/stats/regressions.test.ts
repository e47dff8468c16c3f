import { describe, expect, test } from 'vitest';
import { judge } from '../../src/stats/judge.ts';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';
import { atLeastPct } from './rules.ts';

/** Mistakes that other tools have made, once each. */
describe('others have been wrong here', () => {
  test.each([4, 5, 8, 10, 20])('LNT: identical distributions of %d differ far more often than alpha', (n) => {
    const random = seededRandom(`lnt ${n}`);
    const sample = () => Array.from({ length: n }, random);
    const rejected = Array.from({ length: 1000 }, () => mannWhitney(sample(), sample()).twoSided <= 0.05).filter(
      Boolean,
    );
    expect(rejected.length).toBeLessThan(72); // 5 % and three standard errors.
  });

  test('Sailfish: separated samples of unequal size have p = 1', () => {
    expect(mannWhitney([9, 10, 11, 12], [1, 2, 3]).twoSided).toBeCloseTo(2 / 35, 14);
    expect(mannWhitney([1, 2], [11, 12, 13, 14, 15, 16, 17, 18]).twoSided).toBeCloseTo(2 / 45, 14);
  });

  test('benchstat: constant arms that differ are said to be the same', () => {
    for (const name of ['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const) {
      const j = judge(Array(8).fill(10), Array(8).fill(5), atLeastPct(20, name), 0.01);
      expect(j).toMatchObject({ passes: true, improvement: 5, ci95: [5, 5], cles: 1 });
      expect(j.improvement_pct).toBeCloseTo(50, 12);
    }
  });

  test('go-moremath: a half-integer U counts one case too many', () => {
    // U = 3.5 of 4: of the six ways to choose two of {1, 2, 2, 3}, two give that much.
    expect(mannWhitney([2, 3], [1, 2])).toMatchObject({ u: 3.5, greater: 2 / 6 });
  });

  test('simple-statistics before 7.10: ties get the wrong rank', () => {
    expect(mannWhitney([1, 1, 2, 2], [1, 2, 3, 3]).u).toBe(14 - 10);
  });

  test('stdlib: a two-sided p-value above 1, and a throw where all differences are zero', () => {
    expect(signedRank([1, 2, -3]).twoSided).toBe(1);
    expect(signedRank([0, 0, 0])).toEqual({ v: 0, less: 1, greater: 1, twoSided: 1 });
  });

  test('the normal approximation passes 3 against 3 at a two-sided 5 %', () => {
    expect(mannWhitney([4, 5, 6], [1, 2, 3]).twoSided).toBeCloseTo(0.1, 14);
  });

  test('the origin of the rule: an estimate at the threshold is taken for proof of the threshold', () => {
    const base = [100, 97, 103, 99, 101, 95, 105, 98];
    const j = judge(base, [80, 72, 88, 76, 82, 70, 90, 78], atLeastPct(20), 0.05);
    expect(j.improvement_pct).toBeGreaterThan(20);
    expect(j.p_values.mann_whitney).toBeLessThan(0.001);
    expect(j.passes).toBe(false);
  });
});
