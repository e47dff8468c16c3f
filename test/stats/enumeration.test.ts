import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { mannWhitneyNull, signedRankNull } from '../../src/stats/null-distribution.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';
import { signSums, subsetSums } from '../../src/stats/subset-sums.ts';

/** Small whole numbers, so that ties and zeros abound. */
const coarse = (least: number, most: number) =>
  fc.array(fc.integer({ min: -4, max: 4 }), { minLength: least, maxLength: most });

describe('exact p-values are those of counting every possibility, ties and zeros included', () => {
  test('every way to share the values out between two samples', () => {
    fc.assert(
      fc.property(coarse(1, 5), coarse(1, 5), (x, y) => {
        const pool = [...x, ...y];
        const uOf = (chosen: number[], others: number[]) =>
          chosen.reduce((u, a) => u + others.reduce((s, b) => s + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0);
        const seen = uOf(x, y);
        const all = splits(pool, x.length).map(([chosen, others]) => uOf(chosen, others));
        const p = mannWhitney(x, y);
        expect(p.u).toBe(seen);
        expect(p.greater).toBeCloseTo(all.filter((u) => u >= seen).length / all.length, 13);
        expect(p.less).toBeCloseTo(all.filter((u) => u <= seen).length / all.length, 13);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('every way to give the differences signs', () => {
    fc.assert(
      fc.property(coarse(1, 8), (d) => {
        const used = d.filter((v) => v !== 0).map(Math.abs);
        // Midrank of a value: how many are smaller, and the middle of those that are equal.
        const rank = (v: number) => used.filter((o) => o < v).length + (used.filter((o) => o === v).length + 1) / 2;
        const seen = d.reduce((s, v) => (v > 0 ? s + rank(v) : s), 0);
        const all = Array.from({ length: 2 ** used.length }, (_, signs) =>
          used.reduce((s, v, i) => ((signs >> i) & 1 ? s + rank(v) : s), 0),
        );
        const p = signedRank(d);
        expect(p.v).toBe(seen);
        expect(p.greater).toBeCloseTo(all.filter((v) => v >= seen).length / all.length, 13);
        expect(p.less).toBeCloseTo(all.filter((v) => v <= seen).length / all.length, 13);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('the counts are complete', () => {
  const total = (counts: Float64Array) => counts.reduce((s, c) => s + c, 0);

  test('subsets of a size sum to the binomial coefficient, subsets of any size to a power of two', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }), (weights) => {
        weights.forEach((_, i) => {
          expect(total(subsetSums(weights, i + 1))).toBe(splits(weights, i + 1).length);
        });
        expect(total(signSums(weights))).toBe(2 ** weights.length);
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test('null distributions are symmetric and fall from 1 to the one extreme case', () => {
    for (const [null_, extreme] of [
      [mannWhitneyNull(5, 5), 1 / 252],
      [mannWhitneyNull(3, 6), 1 / 84],
      [signedRankNull(7), 1 / 128],
    ] as const) {
      expect(null_.atLeast(0)).toBe(1);
      expect(null_.atLeast(null_.max)).toBe(extreme);
      expect(null_.atLeast(null_.max + 1)).toBe(0);
      for (let v = 0; v <= null_.max; v++)
        expect(null_.atLeast(v) + null_.atLeast(null_.max - v + 1)).toBeCloseTo(1, 14);
    }
  });

  test('where the exact distribution ends the normal one takes over without a jump', () => {
    for (const [exact, normal] of [
      [mannWhitneyNull(50, 50), mannWhitneyNull(51, 50)],
      [signedRankNull(200), signedRankNull(201)],
    ] as const)
      for (const share of [0.4, 0.5, 0.55, 0.6, 0.65])
        expect(normal.atLeast(Math.round(share * normal.max))).toBeCloseTo(
          exact.atLeast(Math.round(share * exact.max)),
          2,
        );
  });
});

/** Every choice of `size` values by position, with what is left over. */
function splits(values: number[], size: number): [number[], number[]][] {
  if (size === 0) return [[[], values]];
  if (values.length < size) return [];
  const [first, ...rest] = values as [number, ...number[]];
  return [
    ...splits(rest, size - 1).map(([a, b]) => [[first, ...a], b] as [number[], number[]]),
    ...splits(rest, size).map(([a, b]) => [a, [first, ...b]] as [number[], number[]]),
  ];
}
