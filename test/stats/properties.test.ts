import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/stats/judge.ts';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import type { Test } from '../../src/stats/rule.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';

const tests: Test[] = ['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'];
const fine = fc.double({ min: 1, max: 1000, noNaN: true });
const coarse = fc.integer({ min: 1, max: 9 });
const arms = (value: fc.Arbitrary<number>) =>
  fc
    .integer({ min: 1, max: 12 })
    .chain(
      (n) =>
        fc.tuple(...[0, 1].map(() => fc.array(value, { minLength: n, maxLength: n }))) as fc.Arbitrary<
          [number[], number[]]
        >,
    );
const anyArms = fc.oneof(arms(fine), arms(coarse));

describe('properties of all samples', () => {
  test('p-values are in (0, 1], and exchanging the samples exchanges the alternatives', () => {
    fc.assert(
      fc.property(anyArms, ([x, y]) => {
        const [here, there] = [mannWhitney(x, y), mannWhitney(y, x)];
        expect(here.greater).toBeCloseTo(there.less, 13);
        expect(here.twoSided).toBeCloseTo(there.twoSided, 13);
        expect(here.u + there.u).toBe(x.length * y.length);
        const d = x.map((v, i) => v - y[i]!);
        const [up, down] = [signedRank(d), signedRank(d.map((v) => -v))];
        expect(up.greater).toBeCloseTo(down.less, 13);
        for (const p of [here, there, up, down].flatMap((t) => [t.less, t.greater, t.twoSided])) {
          expect(p).toBeGreaterThan(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 4 },
    );
  });

  test('Mann-Whitney sees only the order: a rising function of the values changes nothing', () => {
    fc.assert(
      fc.property(arms(coarse), ([x, y]) => {
        const rising = (values: number[]) => values.map((v) => Math.exp(v) - 7);
        expect(mannWhitney(rising(x), rising(y))).toEqual(mannWhitney(x, y));
      }),
      { seed: 5 },
    );
  });

  test.each(tests)('%s: the claim has p ≤ alpha exactly when the lower bound reaches the threshold', (name) => {
    const alphas = fc.constantFrom(0.01, 0.015, 0.025, 0.05, 0.2);
    fc.assert(
      fc.property(anyArms, alphas, fc.double({ min: -5, max: 60, noNaN: true }), ([base, candidate], alpha, t) => {
        const pct = Math.max(0, t);
        const j = judge(base, candidate, atLeastPct(pct, name), alpha);
        const bound = j.lower_bound_pct ?? -Infinity;
        // Within rounding of the threshold both count as there; at 0 the bound must be above it.
        if (Math.abs(bound - pct) > 1e-9) expect(j.passes).toBe(bound > pct);
        else expect(j.passes).toBe(pct > 0);
        expect(j.passes).toBe(j.p_shifted! <= alpha);
        const at = judge(base, candidate, atLeastPct(Math.max(0, Math.min(99, bound)), name), alpha);
        if (bound > 1e-9) expect(at.passes).toBe(true);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  test('intervals hold the estimate, and an exchange of the arms turns the plain effect round', () => {
    fc.assert(
      fc.property(anyArms, fc.constantFrom(...tests), ([base, candidate], name) => {
        const j = judge(base, candidate, atLeastAmount(1, name), 0.05);
        const back = judge(candidate, base, atLeastAmount(1, name), 0.05);
        expect(j.improvement).toBeCloseTo(-back.improvement, 9);
        expect(j.ci95[0] ?? -Infinity).toBeLessThanOrEqual(j.improvement);
        expect(j.ci95[1] ?? Infinity).toBeGreaterThanOrEqual(j.improvement);
        expect(j.cles).toBeCloseTo(1 - back.cles, 12);
      }),
      { seed: 7 },
    );
  });

  test('a judgement survives JSON: no NaN, no Infinity', () => {
    fc.assert(
      fc.property(anyArms, fc.constantFrom(...tests), ([base, candidate], name) => {
        const j = judge(base, candidate, atLeastPct(5, name), 0.05);
        expect(JSON.parse(JSON.stringify(j))).toEqual(j);
      }),
      { seed: 8 },
    );
  });
});
