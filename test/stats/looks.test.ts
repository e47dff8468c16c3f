import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attemptAlpha, looks, smallestP } from '../../src/stats/looks.ts';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';

describe('looks', () => {
  test('8 and 20 runs: three looks that split the error', () => {
    const expected = [
      { n: 8, alpha: 0.01 },
      { n: 14, alpha: 0.015 },
      { n: 20, alpha: 0.025 },
    ];
    expect(looks(8, 20, 0.05, 'mann_whitney')).toEqual(expected);
    expect(looks(8, 20, 0.05, 'wilcoxon_signed_rank')).toEqual(expected);
  });

  test('one number of runs: one look at full alpha', () => {
    expect(looks(10, 10, 0.05, 'mann_whitney')).toEqual([{ n: 10, alpha: 0.05 }]);
  });

  test('a look that cannot reach its share leaves it to the next', () => {
    expect(looks(5, 9, 0.05, 'wilcoxon_signed_rank')).toEqual([
      { n: 7, alpha: 0.025 },
      { n: 9, alpha: 0.025 },
    ]);
    expect(looks(3, 5, 0.05, 'wilcoxon_signed_rank')).toEqual([{ n: 5, alpha: 0.05 }]);
    expect(looks(5, 9, 0.05, 'mann_whitney').map((l) => l.n)).toEqual([5, 7, 9]);
  });

  test('a middle that falls on the last look is the last look', () => {
    expect(looks(8, 9, 0.05, 'mann_whitney')).toEqual([
      { n: 8, alpha: 0.01 },
      { n: 9, alpha: 0.04 },
    ]);
  });

  test('no plan spends more than alpha', () => {
    for (const name of ['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const)
      for (let first = 3; first <= 12; first++)
        for (let last = first; last <= 24; last++) {
          const plan = looks(first, last, 0.05, name);
          expect(plan.reduce((sum, l) => sum + l.alpha, 0)).toBeCloseTo(0.05, 12);
          expect(plan.at(-1)!.n).toBe(last);
        }
  });
});

describe('the smallest p-value that n runs a side can give', () => {
  const up = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

  test.each([
    [3, 0.05, 0.125],
    [4, 0.0143, 0.0625],
    [5, 0.00397, 0.03125],
    [6, 0.00108, 0.0156],
    [8, 7.77e-5, 0.0039],
    [10, 5.4e-6, 9.8e-4],
    [20, 7.3e-12, 9.5e-7],
  ])('%d: Mann-Whitney %d, signed-rank %d', (n, ranks, pairs) => {
    const separated = mannWhitney(
      up(n).map((v) => v + n),
      up(n),
    );
    expect(smallestP('mann_whitney', n) / separated.greater).toBeCloseTo(1, 12);
    expect(smallestP('wilcoxon_signed_rank', n)).toBe(signedRank(up(n)).greater);
    expect(separated.greater / ranks).toBeCloseTo(1, 1);
    expect(signedRank(up(n)).greater / pairs).toBeCloseTo(1, 1);
    expect(separated.twoSided).toBe(2 * separated.greater);
  });

  test.each([
    ['mann_whitney', { 0.05: 3, 0.025: 4, 0.01: 5, 0.005: 5, 0.001: 7 }],
    ['wilcoxon_signed_rank', { 0.05: 5, 0.025: 6, 0.01: 7, 0.005: 8, 0.001: 10 }],
  ] as const)('%s: runs needed, one-sided', (name, table) => {
    for (const [alpha, n] of Object.entries(table)) {
      expect(smallestP(name, n)).toBeLessThanOrEqual(Number(alpha));
      expect(smallestP(name, n - 1)).toBeGreaterThan(Number(alpha));
    }
  });
});

test('the table of smallest p-values in docs/statistics.md is this one', () => {
  const docs = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');
  const lines = [3, 4, 5, 6, 8, 10, 14, 20].map((n) =>
    [n, ...(['mann_whitney', 'wilcoxon_signed_rank'] as const).map((t) => smallestP(t, n).toPrecision(2))].join(' | '),
  );
  expect(docs).toContain(lines.map((line) => `| ${line} |`).join('\n'));
});

describe('attempts', () => {
  test('spend the whole alpha each when confirmed', () => {
    expect([1, 2, 20].map((j) => attemptAlpha(0.05, j, true))).toEqual([0.05, 0.05, 0.05]);
  });

  test('share alpha when not: never more than alpha in all', () => {
    expect(attemptAlpha(0.05, 1, false)).toBeCloseTo(0.030396, 6);
    const all = Array.from({ length: 100_000 }, (_, j) => attemptAlpha(0.05, j + 1, false));
    const spent = all.reduce((sum, a) => sum + a, 0);
    expect(spent).toBeLessThan(0.05);
    expect(spent).toBeGreaterThan(0.0499);
  });
});
