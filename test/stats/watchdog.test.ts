import { describe, expect, test } from 'vitest';
import { judgeWatchdogs, type Watchdog, watchdogProblem } from '../../src/stats/watchdog.ts';

const base = [100, 102, 98, 101, 99, 103, 97, 100.5, 99.5, 101.5];
const dog = (factor: number, more: Partial<Watchdog> = {}): Watchdog => ({
  name: 'rss',
  base,
  candidate: base.map((v, i) => v * factor * (1 + (i % 3) / 500)),
  lower_is_better: true,
  max_regression_pct: 10,
  ...more,
});
const verdicts = (dogs: Watchdog[], atCap = false) => judgeWatchdogs(dogs, 'mann_whitney', atCap).map((w) => w.verdict);

describe('a watchdog', () => {
  test('passes when more than the margin is excluded, fails when worsening is shown and above it', () => {
    expect(verdicts([dog(1), dog(1.05), dog(1.3)])).toEqual(['pass', 'pass', 'fail']);
    const [passed] = judgeWatchdogs([dog(1.05)], 'mann_whitney', false);
    expect(passed!.upper_bound_pct).toBeLessThan(10);
    expect(passed!.regression_pct).toBeCloseTo(5.2, 0);
  });

  test('is undecided in between, and at the cap its estimate decides', () => {
    const noisy = (factor: number) => dog(factor, { candidate: base.map((v, i) => v * factor * (i % 2 ? 1.2 : 0.84)) });
    expect(verdicts([noisy(1.02)])).toEqual(['undecided']);
    expect(verdicts([noisy(1.02)], true)).toEqual(['pass_with_note']);
    expect(verdicts([noisy(1.13)])).toEqual(['undecided']);
    expect(verdicts([noisy(1.13)], true)).toEqual(['reject_at_cap']);
  });

  test('treats the fall of a rate as the regression', () => {
    const [rate] = judgeWatchdogs([dog(0.7, { lower_is_better: false })], 'wilcoxon_signed_rank', false);
    expect(rate).toMatchObject({ verdict: 'fail', baseline: 100.25 });
    expect(rate!.regression_pct).toBeCloseTo(30, 0);
    expect(verdicts([dog(1.3, { lower_is_better: false })])).toEqual(['pass']);
  });

  test('with too few runs for a bound waits', () => {
    const few = dog(1.3, { base: base.slice(0, 4), candidate: base.slice(0, 4).map((v) => v * 1.3) });
    expect(judgeWatchdogs([few], 'wilcoxon_signed_rank', false)).toMatchObject([
      { verdict: 'undecided', upper_bound_pct: null, lower_bound_pct: null, ci95_pct: [null, null] },
    ]);
  });
});

describe("Holm's correction", () => {
  // Four against four, all worse: p = 1/70 = 0.0143, which is under 0.05/3 but not under 0.05/4.
  const small = dog(1, { base: [1, 2, 3, 4], candidate: [5, 6, 7, 8] });
  const calm = dog(0.5);

  test('needs stronger evidence for one watchdog among many', () => {
    expect(verdicts([small, calm, calm])).toEqual(['fail', 'pass', 'pass']);
    expect(verdicts([small, calm, calm, calm])).toEqual(['undecided', 'pass', 'pass', 'pass']);
  });

  test('steps down: significant watchdogs make the test of the weaker ones easier', () => {
    const strong = dog(1.5);
    expect(verdicts([small, strong, calm, calm])).toEqual(['fail', 'fail', 'pass', 'pass']);
    expect(verdicts([small, small, small, small])).toEqual(Array(4).fill('undecided'));
  });

  test('the lower bound is at the share that was used', () => {
    const alone = judgeWatchdogs([small], 'mann_whitney', false)[0]!;
    const among = judgeWatchdogs([small, calm, calm, calm], 'mann_whitney', false)[0]!;
    expect(alone.lower_bound_pct).toBeGreaterThan(0);
    expect(among.lower_bound_pct).toBeNull();
    expect(among.p).toBe(alone.p);
  });
});

describe('deterministic watchdogs', () => {
  const bytes = (from: number, to: number, max_regression_pct: number): Watchdog => ({
    name: 'bytes',
    base: [from, from],
    candidate: [to, to],
    lower_is_better: true,
    max_regression_pct,
    deterministic: true,
  });

  test('are compared exactly, at the margin they pass', () => {
    expect(
      verdicts([bytes(1000, 1100, 10), bytes(1000, 1101, 10), bytes(1000, 1000, 0), bytes(1000, 1001, 0)]),
    ).toEqual(['pass', 'fail', 'pass', 'fail']);
    expect(judgeWatchdogs([bytes(1000, 1100, 10)], 'mann_whitney', false)).toMatchObject([
      { p: null, regression_pct: 10, ci95_pct: [10, 10], upper_bound_pct: 10, lower_bound_pct: 10 },
    ]);
  });

  test('may be zero: no change passes, and a first one is a regression without a percentage', () => {
    expect(judgeWatchdogs([bytes(0, 0, 0), bytes(0, 3, 50)], 'mann_whitney', false)).toMatchObject([
      { verdict: 'pass', regression_pct: 0 },
      { verdict: 'fail', regression_pct: null },
    ]);
  });

  test('take no share of alpha from sampled watchdogs, and are judged as samples themselves if they vary', () => {
    const small = dog(1, { base: [1, 2, 3, 4], candidate: [5, 6, 7, 8] });
    const fixed = bytes(1, 1, 0);
    expect(verdicts([small, fixed, fixed, fixed])).toEqual(['fail', 'pass', 'pass', 'pass']);
    expect(verdicts([dog(1.3, { deterministic: true })])).toEqual(['fail']);
  });

  test('a count that stays zero is compared exactly without being declared; one that varies is refused', () => {
    const errors = (to: number[]) => dog(1, { base: [0, 0, 0, 0], candidate: to });
    expect(verdicts([errors([0, 0, 0, 0]), errors([2, 2, 2, 2])])).toEqual(['pass', 'fail']);
    expect(watchdogProblem(errors([0, 0, 0, 0]), 'mann_whitney')).toBeNull();
    expect(watchdogProblem(errors([0, 1, 0, 2]), 'mann_whitney')).toMatchObject({ code: 'not_positive', arm: 'base' });
    expect(() => verdicts([dog(1, { base: [0, 1], candidate: [1, 2] })])).toThrow(RangeError);
  });
});
