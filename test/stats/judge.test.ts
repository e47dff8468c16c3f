import { describe, expect, test } from 'vitest';
import { judge } from '../../src/stats/judge.ts';
import { type Rule, samplesProblem } from '../../src/stats/rule.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';

const base = [101.2, 99.8, 100.5, 103.1, 98.7, 100.9, 102.2, 99.1];
const times = (factor: number) => base.map((v) => v * factor);
const withThreshold = (rule: Rule, threshold: Partial<Rule['threshold']>): Rule => ({
  ...rule,
  threshold: { ...rule.threshold, ...threshold },
});

describe('a proven claim', () => {
  test('passes where the lower bound is above the threshold, and not where only the estimate is', () => {
    const candidate = [82.1, 78.9, 79.6, 77.4, 81.3, 79.2, 79.9, 77.8];
    const j = judge(base, candidate, atLeastPct(20), 0.05);
    expect(j.improvement_pct).toBeGreaterThan(20);
    expect(j).toMatchObject({ passes: false, futile: false, below_threshold: false });
    expect(j.lower_bound_pct).toBeLessThan(20);
    const lesser = judge(base, candidate, atLeastPct(15), 0.05);
    expect(lesser).toMatchObject({ passes: true, lower_bound_pct: j.lower_bound_pct });
    expect(lesser.p).toBe(lesser.p_shifted);
  });

  test('counts an improvement of exactly the threshold as reached, in spite of rounding', () => {
    for (const name of ['mann_whitney', 'wilcoxon_signed_rank'] as const) {
      const constant = judge(Array(8).fill(100), Array(8).fill(80), atLeastPct(20, name), 0.01);
      expect(constant).toMatchObject({ passes: true, below_threshold: false });
      expect(judge(Array(8).fill(0.3), Array(8).fill(0.1), atLeastAmount(0.2, name), 0.01).passes).toBe(true);
    }
    expect(judge(base, times(0.8), atLeastPct(20, 'wilcoxon_signed_rank'), 0.01).passes).toBe(true);
  });

  test('does not pass when nothing changed, even with a threshold of 0', () => {
    for (const name of ['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const)
      expect(judge(base, base, atLeastPct(0, name), 0.05)).toMatchObject({
        passes: false,
        improvement_pct: 0,
        cles: 0.5,
      });
    const same = judge(base, base, atLeastPct(0, 'wilcoxon_signed_rank'), 0.05);
    expect(same.p_values).toEqual({ mann_whitney: expect.any(Number), wilcoxon_signed_rank: 1, mean_2sigma: 0.5 });
  });
});

describe('an observed claim', () => {
  const observed: Rule = { ...atLeastPct(20), claim: 'observed' };
  const candidate = [82.1, 78.9, 79.6, 77.4, 81.3, 79.2, 79.9, 77.8];

  test('passes if the estimate reaches the threshold and a difference is significant', () => {
    const j = judge(base, candidate, observed, 0.01);
    expect(j.passes).toBe(true);
    expect(j.p).toBe(j.p_values.mann_whitney);
    expect(judge(base, times(0.9), observed, 0.05).passes).toBe(false);
    expect(judge(base.slice(0, 3), times(0.7).slice(0, 3), observed, 0.05).passes).toBe(true);
    expect(judge(base.slice(0, 3), times(0.7).slice(0, 3), observed, 0.01).passes).toBe(false);
  });

  test('without significance the estimate alone decides', () => {
    const rule = withThreshold(observed, { significance_required: false });
    expect(judge([100], [79], rule, 0.01).passes).toBe(true);
    expect(judge([100], [81], rule, 0.01).passes).toBe(false);
  });
});

describe('thresholds', () => {
  test('"higher is better" reverses the sign and measures the increase', () => {
    const rule: Rule = { ...atLeastPct(20), lower_is_better: false };
    const j = judge(base, times(1.5), rule, 0.01);
    expect(j.passes).toBe(true);
    expect(j.improvement_pct).toBeCloseTo(50, 0);
    expect(judge(base, times(0.5), rule, 0.01)).toMatchObject({ passes: false, futile: true, below_threshold: true });
  });

  test('both asks for the percentage and the amount, and its p-value is the weaker one', () => {
    const both = (pct_min: number, absolute_min: number) =>
      judge(base, times(0.8), withThreshold(atLeastPct(0), { type: 'both', pct_min, absolute_min }), 0.05);
    expect(both(10, 10).passes).toBe(true);
    expect(both(10, 25).passes).toBe(false);
    expect(both(25, 10).passes).toBe(false);
    const single = [judge(base, times(0.8), atLeastPct(17), 0.05), judge(base, times(0.8), atLeastAmount(19), 0.05)];
    expect(both(17, 19).p).toBe(Math.max(...single.map((j) => j.p!)));
  });

  test('an absolute threshold takes values that are not positive, and gives no percentages', () => {
    const j = judge([5, 4, 6, 5], [-5, -4, -6, 0], atLeastAmount(3), 0.05);
    expect(j).toMatchObject({ passes: true, improvement_pct: null, ci95_pct: null, lower_bound_pct: null });
  });

  test('a decrease of 100 % is out of reach, not an error', () => {
    expect(judge(base, times(0.01), atLeastPct(100), 0.05)).toMatchObject({ passes: false, below_threshold: true });
  });
});

describe('giving up', () => {
  const last = { n: 22, alpha: 0.017 };
  const five = (factor: number, spread = 1) =>
    [0.98, 0.99, 1, 1.01, 1.02].map((v) => 100 * factor * (1 + (v - 1) * spread));

  test('by the rules 1 an estimate under 0.6 of the threshold is futile before the bound is; by the rules 2 it is not', () => {
    const short = [base.slice(0, 3), times(0.9).slice(0, 3)] as const;
    const rule = (pct: number, rules: Rule['rules']) => ({ ...atLeastPct(pct, 'wilcoxon_signed_rank'), rules });
    const futile = { futile: true, below_threshold: false, upper_bound_pct: null };
    expect(judge(...short, rule(20, 1), 0.05)).toMatchObject(futile);
    expect(judge(...short, rule(12, 1), 0.05).futile).toBe(false);
    expect(judge(...short, rule(20, 2), 0.05)).toMatchObject({ futile: false, unlikely: null });
  });

  test('a bound below the threshold is the answer, and `unlikely` is null', () => {
    const j = judge(five(1), five(1), atLeastPct(10), 0.01, last);
    expect(j).toMatchObject({ futile: true, below_threshold: true, unlikely: null });
  });

  test('once passing has become unlikely, says how many executions would decide', () => {
    const j = judge(five(1, 8), five(0.93, 8), atLeastPct(20), 0.01, last);
    expect(j).toMatchObject({ futile: true, below_threshold: false });
    expect(j.unlikely!.runs).toBeGreaterThan(22);
    // With less noise the same estimate is decided by fewer runs.
    expect(judge(five(1, 4), five(0.93, 4), atLeastPct(20), 0.01, last).below_threshold).toBe(true);
  });

  test('once a threshold is hopeless or unlikely, every higher one is', () => {
    const [a, b] = [five(1, 8), five(0.93, 8)];
    const givenUp = (threshold: number) => {
      const j = judge(a, b, atLeastPct(threshold), 0.01, last);
      return j.unlikely !== null || j.below_threshold;
    };
    // Every threshold above the first that is unlikely is unlikely too.
    const thresholds = Array.from({ length: 60 }, (_, i) => i + 1);
    const first = thresholds.findIndex(givenUp);
    expect(first).toBeGreaterThan(0);
    expect(thresholds.slice(first).every(givenUp)).toBe(true);
    expect(thresholds.slice(0, first).some(givenUp)).toBe(false);
  });

  test('does not happen at the last look, or if no more samples are possible', () => {
    const [a, b] = [five(1, 8), five(0.93, 8)];
    expect(judge(a, b, atLeastPct(20), 0.01, { n: 5, alpha: 0.01 }).unlikely).toBeNull();
    expect(judge(a, b, atLeastPct(20), 0.01).unlikely).toBeNull();
  });
});

describe('bounds and samples', () => {
  test('too few runs for a bound give null, on every scale', () => {
    const j = judge([100, 101], [50, 51], atLeastPct(5), 0.01);
    expect(j).toMatchObject({ ci95_pct: [null, null], ci95: [null, null], lower_bound_pct: null, upper_bound: null });
  });

  test('unequal arms can be judged by Mann-Whitney, without a signed-rank p-value', () => {
    const j = judge(base, times(0.5).slice(0, 5), atLeastPct(20), 0.05);
    expect(j).toMatchObject({ passes: true, w: null, n_base: 8, n_candidate: 5, u: 40, cles: 1 });
    expect(j.p_values.wilcoxon_signed_rank).toBeNull();
  });

  test.each([
    [[], [1], atLeastPct(5), { code: 'empty', arm: 'base' }],
    [[1], [], atLeastPct(5), { code: 'empty', arm: 'candidate' }],
    [[1, NaN], [1, 2], atLeastPct(5), { code: 'not_finite', arm: 'base', index: 1, value: NaN }],
    [[1], [Infinity], atLeastAmount(5), { code: 'not_finite', arm: 'candidate', index: 0, value: Infinity }],
    [[1, 2], [3, 0], atLeastPct(5), { code: 'not_positive', arm: 'candidate', index: 1, value: 0 }],
    [[1, 2], [3], atLeastPct(5, 'wilcoxon_signed_rank'), { code: 'unequal_pairs', n_base: 2, n_candidate: 1 }],
  ])('%j against %j is refused', (b, c, rule, problem) => {
    expect(samplesProblem(b, c, rule)).toEqual(problem);
    expect(() => judge(b, c, rule, 0.05)).toThrow(RangeError);
  });
});
