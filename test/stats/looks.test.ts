import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ordinaryPoints } from '../../src/stats/design.ts';
import { attemptAlpha, looks, smallestP, spaced } from '../../src/stats/looks.ts';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';

describe('looks', () => {
  test('the ordinary design: four looks that split the error', () => {
    expect(looks(ordinaryPoints, 0.05, 'mann_whitney', 2)).toEqual([
      { n: 5, alpha: 0.01 },
      { n: 8, alpha: 0.01 },
      { n: 13, alpha: 0.013 },
      { n: 22, alpha: 0.017 },
    ]);
  });

  test('runs under way keep the three looks of the rules 1', () => {
    const expected = [
      { n: 8, alpha: 0.01 },
      { n: 14, alpha: 0.015 },
      { n: 20, alpha: 0.025 },
    ];
    expect(looks(spaced[1](8, 20), 0.05, 'mann_whitney', 1)).toEqual(expected);
    expect(looks(spaced[1](8, 20), 0.05, 'wilcoxon_signed_rank', 1)).toEqual(expected);
    expect(looks(spaced[1](5, 9), 0.05, 'wilcoxon_signed_rank', 1).map((l) => l.n)).toEqual([7, 9]);
  });

  test('one number of runs: one look at full alpha', () => {
    for (const rules of [1, 2] as const)
      expect(looks(spaced[rules](10, 10), 0.05, 'mann_whitney', rules)).toEqual([{ n: 10, alpha: 0.05 }]);
  });

  test('a look that cannot reach its share accepts nothing, and leaves it to the next', () => {
    expect(looks(ordinaryPoints, 0.05, 'wilcoxon_signed_rank', 2)).toEqual([
      { n: 5, alpha: 0 },
      { n: 8, alpha: 0.02 },
      { n: 13, alpha: 0.013 },
      { n: 22, alpha: 0.017 },
    ]);
    expect(looks(spaced[2](3, 5), 0.05, 'wilcoxon_signed_rank', 2)).toEqual([
      { n: 3, alpha: 0 },
      { n: 4, alpha: 0 },
      { n: 5, alpha: 0.05 },
    ]);
  });

  test('a look with the same number of pairs as the next is merged into it', () => {
    expect(looks(spaced[2](8, 9), 0.05, 'mann_whitney', 2)).toEqual([
      { n: 8, alpha: 0.02 },
      { n: 9, alpha: 0.03 },
    ]);
  });

  test('no plan spends more than alpha', () => {
    const plans = ([1, 2] as const).flatMap((rules) =>
      (['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const).flatMap((name) =>
        Array.from({ length: 10 }, (_, i) => i + 3).flatMap((first) =>
          Array.from({ length: 25 - first }, (_, i) => ({
            last: first + i,
            plan: looks(spaced[rules](first, first + i), 0.05, name, rules),
          })),
        ),
      ),
    );
    for (const { plan, last } of plans) {
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
