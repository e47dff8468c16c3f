import { describe, expect, test } from 'vitest';
import { judgeExact } from '../../src/stats/exact.ts';
import { judge } from '../../src/stats/judge.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import type { Rule } from '../../src/stats/rule.ts';
import { atLeastPct } from './rules.ts';
import { normals } from './sessions.ts';

const noWorse = (margin: number, more: Partial<Rule> = {}): Rule => ({
  ...atLeastPct(-margin),
  claim: 'no_worse',
  ...more,
});

/** Two arms of 20 runs; the candidate takes `worse` per cent longer. */
function arms(worse: number, spread = 0.01) {
  const random = seededRandom(`no worse ${worse}`);
  const arm = (middle: number) => normals(random, 20).map((z) => middle * Math.exp(spread * z));
  return [arm(100), arm(100 + worse)] as const;
}

describe('no worse than 3 %', () => {
  test.each([
    [0, 'held'],
    [-10, 'held'],
    [8, 'regressed'],
    [3, 'open'],
    // proved to be worse, but by less than the margin: nobody's afternoon
    [1.5, 'held'],
  ])('%d %% more time is %s', (worse, expected) => {
    const [base, candidate] = arms(worse);
    const seen = judge([...base], [...candidate], noWorse(3), 0.01);
    expect(seen.passes ? 'held' : seen.below_threshold ? 'regressed' : 'open').toBe(expected);
  });

  test('a rate that falls is worse', () => {
    const [base, candidate] = arms(8);
    const rates = (values: readonly number[]) => values.map((v) => 1000 / v);
    const rule = noWorse(3, { lower_is_better: false });
    expect(judge(rates(base), rates(candidate), rule, 0.01)).toMatchObject({ passes: false, below_threshold: true });
    expect(judge(rates(candidate), rates(base), rule, 0.01)).toMatchObject({ passes: true, below_threshold: false });
  });

  test('the estimate alone never decides, and no attempt is given up', () => {
    const [base, candidate] = arms(8, 0.3);
    const seen = judge([...base], [...candidate], noWorse(3), 0.01, { n: 60, alpha: 0.017 });
    expect(seen).toMatchObject({ passes: false, below_threshold: false, unlikely: null, futile: false });
  });

  test('without noise the margin itself holds, and a margin of 0 means not one more', () => {
    const of = (to: number, margin: number) => judgeExact([100, 100], [to, to], noWorse(margin)).passes;
    expect([of(103, 3), of(104, 3), of(100, 0), of(101, 0), of(99, 0)]).toEqual([true, false, true, false, true]);
  });
});

describe('a session with an error as a whole', () => {
  test('every bound is wider by that error, and p tests against a threshold that is larger by it', () => {
    const [base, candidate] = arms(-20);
    const [strict, wide] = [0, 2].map((session_effect_pct) =>
      judge([...base], [...candidate], { ...atLeastPct(10), session_effect_pct }, 0.01),
    );
    const log = (pct: number | null) => -Math.log(1 - pct! / 100);
    const shift = Math.log(1.02);
    expect(log(strict!.lower_bound_pct) - log(wide!.lower_bound_pct)).toBeCloseTo(shift, 12);
    expect(log(wide!.upper_bound_pct) - log(strict!.upper_bound_pct)).toBeCloseTo(shift, 12);
    expect(wide!.improvement_pct).toBe(strict!.improvement_pct);
    expect(wide!.p_shifted!).toBeGreaterThanOrEqual(strict!.p_shifted!);
  });

  test('a gain just above the threshold no longer passes', () => {
    const [base, candidate] = arms(-11.5, 0.002);
    const passes = (session_effect_pct: number) =>
      judge([...base], [...candidate], { ...atLeastPct(10), session_effect_pct }, 0.01).passes;
    expect([passes(0), passes(2)]).toEqual([true, false]);
  });
});
