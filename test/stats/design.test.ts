import { describe, expect, test } from 'vitest';
import { fittingPoints, noisyPoints, ordinaryPoints } from '../../src/stats/design.ts';
import { forecast, type OfGains, type OfNoWorse } from '../../src/stats/forecast.ts';
import { looks } from '../../src/stats/looks.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';
import { normals } from './sessions.ts';

/** Two arms of the same program, with this spread of the logarithms. */
function arms(spread: number, n = 200) {
  const random = seededRandom(`design ${spread}`);
  const arm = () => normals(random, n).map((z) => 100 * Math.exp(spread * z));
  return { base: arm(), candidate: arm() };
}

describe('the design fits the noise', () => {
  const rule = atLeastPct(10);
  const threshold = -Math.log(0.9);

  test('ordinary looks under 0.55 thresholds of spread, more pairs from there on', () => {
    expect(ordinaryPoints).toEqual([5, 8, 13, 22]);
    const chosen = (share: number) => fittingPoints({ ...arms(share * threshold), rule, affordable: 1000 });
    expect(chosen(0.5)).toEqual(ordinaryPoints);
    expect(chosen(0.6)).toEqual(noisyPoints);
  });

  test('no more pairs than the time allows; if it allows no more than the ordinary looks, those are used', () => {
    const chosen = (affordable: number) => fittingPoints({ ...arms(2 * threshold), rule, affordable });
    expect(chosen(40)).toEqual([5, 9, 20, 40]);
    expect(chosen(22)).toEqual(ordinaryPoints);
    expect(chosen(-1)).toEqual(ordinaryPoints);
  });

  test('of no worse, from 0.9 margins on', () => {
    const noWorse = { ...atLeastPct(-3), claim: 'no_worse' as const };
    const chosen = (share: number) =>
      fittingPoints({ ...arms(share * Math.log(1.03)), rule: noWorse, affordable: 1000 });
    expect(chosen(0.8)).toEqual(ordinaryPoints);
    expect(chosen(1)).toEqual(noisyPoints);
  });

  test('by the threshold in the unit of the metric too', () => {
    const noise = { ...arms(0.05), affordable: 1000 };
    expect(fittingPoints({ ...noise, rule: atLeastAmount(20) })).toEqual(ordinaryPoints);
    expect(fittingPoints({ ...noise, rule: atLeastAmount(4) })).toEqual(noisyPoints);
  });

  test('constant samples have no noise', () => {
    const same = { base: Array(5).fill(7), candidate: Array(5).fill(7) };
    expect(fittingPoints({ ...same, rule, affordable: 1000 })).toEqual(ordinaryPoints);
  });
});

describe('the forecast', () => {
  const rule = atLeastPct(10);
  const of = (spread: number, points = ordinaryPoints) =>
    forecast({
      ...arms(spread),
      rule,
      looks: looks(points, 0.05, rule.test, 2),
      confirm: true,
      discarded: 1,
    }) as OfGains;

  test('without noise the first looks decide', () => {
    expect(of(0.001)).toEqual({ no_effect_executions: 12, twice_executions: 24, one_and_a_half_accepted_pct: 100 });
  });

  test('noise costs executions and hides small effects; more pairs show them again', () => {
    const [quiet, loud] = [of(0.02), of(0.1)];
    expect(loud.twice_executions).toBeGreaterThan(quiet.twice_executions);
    expect(loud.one_and_a_half_accepted_pct).toBeLessThan(40);
    expect(of(0.1, noisyPoints).one_and_a_half_accepted_pct).toBeGreaterThan(loud.one_and_a_half_accepted_pct + 20);
  });

  test('for `no_worse`: a candidate without change holds the margin, unless noise hides it', () => {
    const noWorse = { ...atLeastPct(-3), claim: 'no_worse' as const };
    const held = (spread: number) => {
      const plan = looks(ordinaryPoints, 0.05, noWorse.test, 2);
      return forecast({ ...arms(spread), rule: noWorse, looks: plan, confirm: true, discarded: 1 }) as OfNoWorse;
    };
    expect(held(0.001)).toEqual({ no_effect_executions: 24, no_effect_held_pct: 100 });
    expect(held(0.05).no_effect_held_pct).toBeLessThan(40);
  });

  test('does not exist if the estimate alone decides', () => {
    const estimate = { ...rule, threshold: { ...rule.threshold, significance_required: false } };
    const plan = looks(ordinaryPoints, 0.05, rule.test, 2);
    expect(forecast({ ...arms(0.02), rule: estimate, looks: plan, confirm: true, discarded: 1 })).toBeNull();
  });
});
