import { effect, toleranceOf } from './effect.ts';
import { isConstant } from './exact.ts';
import { type Effect, reaches } from './hodges-lehmann.ts';
import { isSignificant } from './null-distribution.ts';
import { type Direction, fromPercent, toPercent } from './percent.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';
import { widened } from './widened.ts';

/** The claim that is tested for one benchmark of a suite. `threshold.pct_min` is below zero for `no_worse`. */
export type Question = Pick<Rule, 'lower_is_better' | 'claim' | 'threshold' | 'test' | 'session_effect_pct'> & {
  /** Constant arms are compared exactly. */
  deterministic: boolean;
};

/**
 * Three p-values, each for its own null hypothesis. `for`: the claim is false. `against`: the candidate is not slower at all (claim
 * `no_worse`), or gains at least the threshold (claim `proven`). `gain`: the candidate is not better at all.
 */
export type Chances = { for: number; against: number; gain: number };

/** One look at one benchmark. Effects are logarithms of ratios. Positive is better. `error` is the standard error of the estimate. */
export type SuiteLook = {
  n: number;
  baseline: number;
  candidate: number;
  estimate: number;
  lower: number;
  upper: number;
  error: number;
  /** Whether the estimated regression is at least the margin. */
  reachesMargin: boolean;
  p: Chances;
};

/** The number of standard errors on each side of a normal estimate in a two-sided 95 % interval. */
const Z = 1.959964;

/** The looks of a suite: the number of pairs at each look, and the share of a benchmark's error that the look may spend. */
export type SuiteLooks = readonly { n: number; share: number }[];

export function lookAt(base: number[], candidate: number[], asked: Question): SuiteLook {
  const direction: Direction = asked.lower_is_better ? 'decrease' : 'increase';
  const [a, b] = asked.lower_is_better ? [base, candidate] : [candidate, base];
  const exact = asked.deterministic && isConstant(base) && isConstant(candidate);
  const wider = Math.log1p(asked.session_effect_pct / 100);
  const better = exact ? fact(Math.log(a[0]! / b[0]!)) : widened(effect(asked.test, 'log', a, b), wider);
  const worse = exact ? fact(Math.log(b[0]! / a[0]!)) : widened(effect(asked.test, 'log', b, a), wider);
  const threshold = fromPercent(asked.threshold.pct_min, direction);
  const [lower, upper] = [better.lower(0.025), better.upper(0.025)];
  const isNoWorse = asked.claim === 'no_worse';
  return {
    n: Math.min(base.length, candidate.length),
    baseline: median(base),
    candidate: median(candidate),
    estimate: better.estimate,
    lower,
    upper,
    error: (upper - lower) / (2 * Z),
    reachesMargin: worse.estimate >= -threshold - toleranceOf('log', a, b),
    p: {
      for: better.p(threshold),
      // the opposite claim: the candidate is slower (`no_worse`), or misses the threshold (`proven`)
      against: worse.p(isNoWorse ? 0 : -threshold),
      gain: better.p(0),
    },
  };
}

/** An effect that is known exactly. */
const fact = (value: number): Effect => ({
  estimate: value,
  p: (threshold) => (reaches(value, threshold, 1e-12) ? 0 : 1),
  lower: () => value,
  upper: () => value,
});

/**
 * Divides the p-value of each look so far by the look's share of the error, and returns the smallest quotient. This quotient is a p-value
 * that is valid after every look (Bonferroni).
 */
export function spentOver(seen: readonly SuiteLook[], looks: SuiteLooks): Chances {
  const least = (of: keyof Chances) =>
    seen.reduce((smallest, { p }, i) => Math.min(smallest, p[of] / looks[i]!.share), 1);
  return { for: least('for'), against: least('against'), gain: least('gain') };
}

/**
 * Holm's step-down: returns for each p-value whether it is significant. The probability of any false result is at most `alpha`. `of`: the
 * number of hypotheses in the whole family. The p-values that are not in `p` count as 1, so every p-value that is significant here is also
 * significant in the whole family.
 */
export function holm(p: readonly number[], alpha: number, of: number = p.length): boolean[] {
  const order = p.map((value, i) => ({ value, i })).sort((x, y) => x.value - y.value);
  const kept = order.findIndex(({ value }, k) => !isSignificant(value, alpha / (of - k)));
  const shown = new Set(order.slice(0, kept < 0 ? order.length : kept).map(({ i }) => i));
  return p.map((_, i) => shown.has(i));
}

/**
 * The result for a benchmark. `held` and `regressed` are results of the claim `no_worse`. `proven` and `refused` are results of a claimed
 * gain.
 */
export type SuiteAnswer = 'held' | 'regressed' | 'proven' | 'refused' | 'undecided';

export type SuiteVerdict = { answer: SuiteAnswer; better: boolean };

/**
 * The result for every benchmark, after its looks so far. Holm's method covers all benchmarks, in three families: for the claims, against
 * the claims, and for unclaimed gains. The probability of any error in a family is at most `alpha`. A benchmark that is no longer measured
 * keeps its p-values.
 * `of`: the number of benchmarks in the whole suite, if `suite` is only a part of it.
 */
export function judgeSuite(
  suite: readonly { asked: Question; seen: readonly SuiteLook[] }[],
  looks: SuiteLooks,
  alpha: number,
  of: number = suite.length,
): SuiteVerdict[] {
  const chances = suite.map(({ seen }) => spentOver(seen, looks));
  const shown = (question: keyof Chances) =>
    holm(
      chances.map((p) => p[question]),
      alpha,
      of,
    );
  const [claims, against, gains] = [shown('for'), shown('against'), shown('gain')];
  return suite.map(({ asked, seen }, i) => {
    const [yes, no] = asked.claim === 'no_worse' ? (['held', 'regressed'] as const) : (['proven', 'refused'] as const);
    const isAgainst = against[i] && (asked.claim !== 'no_worse' || seen.at(-1)!.reachesMargin);
    return { answer: claims[i] ? yes : isAgainst ? no : 'undecided', better: gains[i]! };
  });
}

/**
 * The geometric mean of all changes in per cent, with its 95 % interval. Positive is better. The interval is null if a benchmark has no
 * interval.
 */
export function geometricMean(seen: readonly Pick<SuiteLook, 'estimate' | 'error'>[]): {
  improvement_pct: number;
  ci95_pct: [number, number] | null;
} | null {
  if (seen.length === 0) return null;
  const mean = seen.reduce((sum, { estimate }) => sum + estimate, 0) / seen.length;
  const error = Math.sqrt(seen.reduce((sum, one) => sum + one.error ** 2, 0)) / seen.length;
  const percent = (x: number) => toPercent(x, 'decrease');
  return {
    improvement_pct: percent(mean),
    ci95_pct: Number.isFinite(error) ? [percent(mean - Z * error), percent(mean + Z * error)] : null,
  };
}
