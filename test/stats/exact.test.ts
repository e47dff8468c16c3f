import { describe, expect, test } from 'vitest';
import { isConstant, judgeExact } from '../../src/stats/exact.ts';
import { judge } from '../../src/stats/judge.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';

const exactly = (from: number, to: number, rule = atLeastPct(20)) => judgeExact([from, from], [to, to], rule);

describe('a deterministic metric', () => {
  test('is a fact: it passes exactly at the threshold, and fails just below it', () => {
    const j = exactly(100, 80);
    expect(j).toMatchObject({ passes: true, p: null, p_shifted: null, alpha: 0, cles: 1, improvement: 20 });
    expect(j.improvement_pct).toBeCloseTo(20, 12);
    expect(j.ci95_pct).toEqual([j.improvement_pct, j.improvement_pct]);
    expect(j.ci95).toEqual([20, 20]);
    expect(exactly(100, 80.0001)).toMatchObject({ passes: false, futile: true, below_threshold: true });
  });

  test('no change is no improvement, even with a threshold of 0', () => {
    expect(exactly(100, 100, atLeastPct(0))).toMatchObject({ passes: false, cles: 0.5 });
    expect(exactly(100, 99, atLeastPct(0)).passes).toBe(true);
    expect(exactly(0, 0, atLeastAmount(0))).toMatchObject({ passes: false, improvement_pct: null });
  });

  test('higher is better and both thresholds are as for samples', () => {
    expect(exactly(100, 125, { ...atLeastPct(25), lower_is_better: false }).passes).toBe(true);
    expect(exactly(100, 80, { ...atLeastPct(25), lower_is_better: false })).toMatchObject({ passes: false, cles: 0 });
    const both = (absolute_min: number) =>
      exactly(100, 80, {
        ...atLeastPct(20),
        threshold: { type: 'both', pct_min: 20, absolute_min, significance_required: true },
      }).passes;
    expect([both(20), both(21)]).toEqual([true, false]);
  });

  test('has the same shape as a judgement of samples', () => {
    const sampled = judge([100, 100], [80, 80], atLeastPct(20), 0.05);
    expect(Object.keys(exactly(100, 80))).toEqual(Object.keys(sampled));
  });

  test('that varies is refused', () => {
    expect([isConstant([3, 3]), isConstant([3, 4]), isConstant([]), isConstant([NaN])]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(() => judgeExact([1, 2], [1, 1], atLeastPct(5))).toThrow(RangeError);
    expect(() => judgeExact([0, 0], [1, 1], atLeastPct(5))).toThrow(/not_positive/);
  });
});
