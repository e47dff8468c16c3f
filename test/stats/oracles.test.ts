import { describe, expect, test } from 'vitest';
import { independentEffect, pairedEffect } from '../../src/stats/hodges-lehmann.ts';
import { mannWhitney, mannWhitneyNormal } from '../../src/stats/mann-whitney.ts';
import { signedRank, signedRankNormal } from '../../src/stats/signed-rank.ts';
import oracles from './oracles.json' with { type: 'json' };

/** Published examples and values enumerated with other software; the differences of decimal fractions carry rounding. */
const rounding = 1e-9;

describe('Mann-Whitney agrees with published and enumerated values', () => {
  test.each(oracles.mann_whitney)('$name', ({ x, y, U_x, exact_perm, normal }) => {
    expect(mannWhitney(x, y).u).toBe(U_x);
    const approximate = mannWhitneyNormal(x, y);
    expect(approximate.twoSided).toBeCloseTo(normal['two-sided_cc'], 9);
    if (normal.greater_cc !== undefined) expect(approximate.greater).toBeCloseTo(normal.greater_cc, 9);
    if (normal.less_cc !== undefined) expect(approximate.less).toBeCloseTo(normal.less_cc, 9);
    if (!exact_perm) return;
    const p = mannWhitney(x, y);
    expect(p.less).toBeCloseTo(exact_perm.less, 13);
    expect(p.greater).toBeCloseTo(exact_perm.greater, 13);
    expect(p.twoSided).toBeCloseTo(exact_perm.two_sided_doubled, 13);
  });

  test('to the digits of R and of the benchstat table of smallest p-values', () => {
    const table = [0.3333, 0.1, 0.028571, 0.0079365, 0.0021645, 0.00058275, 0.0001554, 0.000041135];
    table.forEach((expected, i) => {
      const low = Array.from({ length: i + 2 }, (_, k) => k);
      const p = mannWhitney(
        low.map((v) => v + 100),
        low,
      );
      expect(p.twoSided / expected).toBeCloseTo(1, 3);
    });
  });
});

describe('the signed-rank test agrees with published and enumerated values', () => {
  test.each(oracles.signed_rank)('$name', ({ d, V, exact_perm, normal_cc_two }) => {
    const p = signedRank(d, rounding);
    expect(p.v).toBe(V);
    expect(p.less).toBeCloseTo(exact_perm.less, 13);
    expect(p.greater).toBeCloseTo(exact_perm.greater, 13);
    expect(p.twoSided).toBeCloseTo(exact_perm.two_sided, 13);
    expect(signedRankNormal(d, rounding).twoSided).toBeCloseTo(normal_cc_two, 9);
  });
});

describe('Hodges-Lehmann estimate and exact rank interval', () => {
  const both = [
    ['of independent samples', independentEffect(oracles.hl_two.x, oracles.hl_two.y, rounding), oracles.hl_two],
    ['of pairs', pairedEffect(oracles.hl_one.d, rounding), oracles.hl_one],
  ] as const;
  test.each(both)('%s', (_, effect, { res95, res90 }) => {
    for (const [[estimate, interval], alpha] of [
      [res95, 0.025],
      [res90, 0.05],
    ] as [[number, number[]], number][]) {
      expect(effect.estimate).toBeCloseTo(estimate, 12);
      expect(effect.lower(alpha)).toBeCloseTo(interval[0]!, 12);
      expect(effect.upper(alpha)).toBeCloseTo(interval[1]!, 12);
    }
  });
});
