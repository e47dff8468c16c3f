import { describe, expect, test } from 'vitest';
import { judge } from '../../src/stats/judge.ts';
import { meanEffect, meanRatioEffect } from '../../src/stats/mean-z.ts';
import { normalCdf, normalQuantile } from '../../src/stats/normal.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';

describe('the normal distribution', () => {
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [-5, 2.866515718791939e-7],
    [-8, 6.220960574271785e-16],
    [-20, 2.7536241186062337e-89],
  ])('Φ(%d) = %d', (z, p) => {
    expect(normalCdf(z) / p).toBeCloseTo(1, Math.abs(z) < 7 ? 10 : 7);
    expect(normalCdf(-z)).toBeCloseTo(1 - p, 14);
  });

  test('the quantile undoes it', () => {
    for (const p of [1e-12, 0.01, 0.025, 0.05, 0.5, 0.975]) expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 10);
  });
});

describe('mean_2sigma', () => {
  const [x, y] = [
    [10, 12, 11, 13],
    [7, 9, 8, 8],
  ];

  test('is the z of the difference of means against the threshold', () => {
    // Means 11.5 and 8, variances of the means 5/12 and 1/6: the standard error is √(7/12).
    const error = Math.sqrt(7 / 12);
    const effect = meanEffect(x, y, 0);
    expect(effect.estimate).toBe(3.5);
    expect(effect.p(2)).toBeCloseTo(normalCdf(-1.5 / error), 13);
    expect(effect.lower(0.025)).toBeCloseTo(3.5 - 1.959963984540054 * error, 9);
    const atTwoSigma = judge(x, y, atLeastAmount(3.5 - 2 * error, 'mean_2sigma'), 0.0228);
    expect(atTwoSigma.p).toBeCloseTo(0.02275, 5);
  });

  test('its ratio interval is where the test of the scaled mean turns', () => {
    const effect = meanRatioEffect(x, y, 0);
    for (const alpha of [0.01, 0.025, 0.2]) {
      expect(effect.p(effect.lower(alpha))).toBeCloseTo(alpha, 9);
      expect(effect.p(effect.upper(alpha))).toBeCloseTo(1 - alpha, 9);
    }
    expect(effect.p(0)).toBeCloseTo(meanEffect(x, y, 0).p(0), 13);
  });

  test('means that may be zero have no bound', () => {
    const effect = meanRatioEffect([0.1, 30], [0.1, 40], 0);
    expect([effect.lower(0.01), effect.upper(0.01)]).toEqual([-Infinity, Infinity]);
  });

  test('without any spread there is no z: the exact rank test answers', () => {
    const j = judge([9, 9, 9, 9], [5, 5, 5, 5], atLeastPct(20, 'mean_2sigma'), 0.05);
    expect(j.p).toBeCloseTo(1 / 70, 14);
    expect(judge([9], [5], atLeastPct(20, 'mean_2sigma'), 0.05).p).toBe(0.5);
  });
});
