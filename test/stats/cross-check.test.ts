import fc from 'fast-check';
import { wilcoxonRankSum } from 'simple-statistics';
import { expect, test } from 'vitest';
import { crossCheckSignedRank } from '../../src/stats/cross-check.ts';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';

test('the signed-rank test agrees with an independent one where that is exact: no ties, no zeros', async () => {
  const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 2, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.infiniteStream(fc.boolean()), async (distinct, signs) => {
      const d = distinct.map((v) => (signs.next().value ? v : -v));
      const other = await crossCheckSignedRank(
        d,
        d.map(() => 0),
      );
      expect(signedRank(d).greater).toBeCloseTo(other, 12);
    }),
    { seed: 9 },
  );
});

test('with ties the other falls back to an approximation, while this one stays exact', async () => {
  const [base, candidate] = [
    [1, 2, 3, 4, 5, 6, 7, 8],
    [0, 1, 2, 3, 4, 5, 6, 9],
  ];
  const d = base.map((v, i) => v - candidate[i]!);
  // Eight equal sizes, seven of them positive: 9 of the 256 ways to give signs are as extreme.
  expect(signedRank(d).greater).toBe(9 / 256);
  expect(Math.abs((await crossCheckSignedRank(base, candidate)) - 9 / 256)).toBeGreaterThan(0.01);
});

test('U is the rank sum of simple-statistics minus its smallest value', () => {
  const values = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(values, values, (x, y) => {
      expect(mannWhitney(x, y).u).toBe(wilcoxonRankSum(x, y) - (x.length * (x.length + 1)) / 2);
    }),
    { seed: 10 },
  );
});
