import { describe, expect, test } from 'vitest';
import { independentEffect, pairedEffect } from '../../src/stats/hodges-lehmann.ts';

/**
 * The shifted tests count ties in favour of the claim. Here every possible outcome of coarse noise is gone through, with
 * its probability: the error stays within alpha for every claim that is above the truth.
 */
const alphas = [0.01, 0.025, 0.05, 0.1, 0.2];
const noises = {
  coin: { '-1': 0.5, '1': 0.5 },
  'mostly nothing': { '-1': 0.1, '0': 0.8, '1': 0.1 },
  even: { '-1': 1 / 3, '0': 1 / 3, '1': 1 / 3 },
};

/** Above the truth, which is 0, by almost nothing, half a step, or a step; and the strict claim at the truth itself. */
const claims = [0, 1e-9, 0.5, 1];

describe.each(Object.entries(noises))('coarse noise (%s)', (_, noise) => {
  const outcomes = (n: number) => {
    let all: { values: number[]; probability: number }[] = [{ values: [], probability: 1 }];
    for (let i = 0; i < n; i++)
      all = all.flatMap(({ values, probability }) =>
        Object.entries(noise).map(([v, share]) => ({
          values: [...values, Number(v)],
          probability: probability * share,
        })),
      );
    return all;
  };

  test('signed-rank on pairs', () => {
    const effects = outcomes(7).map((o) => ({ effect: pairedEffect(o.values, 1e-12), probability: o.probability }));
    for (const claim of claims)
      for (const alpha of alphas) expect(error(effects, claim, alpha)).toBeLessThan(alpha + 1e-9);
  });

  test('Mann-Whitney on independent samples', () => {
    const arms = outcomes(4);
    const effects = arms.flatMap((x) =>
      arms.map((y) => ({
        effect: independentEffect(x.values, y.values, 1e-12),
        probability: x.probability * y.probability,
      })),
    );
    for (const claim of claims)
      for (const alpha of alphas) expect(error(effects, claim, alpha)).toBeLessThan(alpha + 1e-9);
  });
});

const error = (
  effects: { effect: { p(threshold: number): number }; probability: number }[],
  claim: number,
  alpha: number,
) => effects.reduce((sum, e) => (e.effect.p(claim) <= alpha ? sum + e.probability : sum), 0);
