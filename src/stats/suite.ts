import { effect, toleranceOf } from './effect.ts';
import { isConstant } from './exact.ts';
import { type Effect, reaches } from './hodges-lehmann.ts';
import { isSignificant } from './null-distribution.ts';
import { type Direction, fromPercent, toPercent } from './percent.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';
import { widened } from './widened.ts';

/** A benchmark of a suite: what is asked of it. `threshold.pct_min` is below zero for `no_worse`. */
export type Question = Pick<Rule, 'lower_is_better' | 'claim' | 'threshold' | 'test' | 'session_effect_pct'> & {
  /** Constant arms are compared exactly. */
  deterministic: boolean;
};

/**
 * The chance of data at least as clear as these, where the truth is the opposite. `for`: the claim does not hold. `against`: `no_worse`:
 * it is not slower at all; `proven`: it gains the threshold. `gain`: it is not better at all.
 */
export type Chances = { for: number; against: number; gain: number };

/** One look at one benchmark. Positive is better; logs of ratios. `error` is the standard error of the estimate. */
export type SuiteLook = {
  n: number;
  baseline: number;
  candidate: number;
  estimate: number;
  lower: number;
  upper: number;
  error: number;
  /** By the estimate it is worse by the margin or more. */
  reachesMargin: boolean;
  p: Chances;
};

/** For a two-sided 95 % interval of a normal estimate. */
const Z = 1.959964;

/** The looks of a suite: what each may spend of the error is a share of what the benchmark may spend. */
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
      // That a gain misses its threshold is the same question from the other side.
      against: worse.p(isNoWorse ? 0 : -threshold),
      gain: better.p(0),
    },
  };
}

/** An effect that is known. */
const fact = (value: number): Effect => ({
  estimate: value,
  p: (threshold) => (reaches(value, threshold, 1e-12) ? 0 : 1),
  lower: () => value,
  upper: () => value,
});

/** The least of p divided by its share, over the looks so far: a p-value that may be read after every look (Bonferroni over the looks). */
export function spentOver(seen: readonly SuiteLook[], looks: SuiteLooks): Chances {
  const least = (of: keyof Chances) =>
    seen.reduce((smallest, { p }, i) => Math.min(smallest, p[of] / looks[i]!.share), 1);
  return { for: least('for'), against: least('against'), gain: least('gain') };
}

/**
 * Holm's step-down: which of these are shown, with the chance that any of them is not so at most `alpha`. `of`: hypotheses of the whole family;
 * those whose p-values are unknown count as 1, so that what is shown here is shown in the whole family too.
 */
export function holm(p: readonly number[], alpha: number, of: number = p.length): boolean[] {
  const order = p.map((value, i) => ({ value, i })).sort((x, y) => x.value - y.value);
  const kept = order.findIndex(({ value }, k) => !isSignificant(value, alpha / (of - k)));
  const shown = new Set(order.slice(0, kept < 0 ? order.length : kept).map(({ i }) => i));
  return p.map((_, i) => shown.has(i));
}

/** `held` and `regressed` answer `no_worse`; `proven` and `refused` answer a claimed gain. */
export type SuiteAnswer = 'held' | 'regressed' | 'proven' | 'refused' | 'undecided';

export type SuiteVerdict = { answer: SuiteAnswer; better: boolean };

/**
 * The answer for every benchmark, after the looks that it had so far. Holm over all of them, once for the claims, once against them, and once
 * for gains that nobody claimed: each family errs anywhere with a chance of at most `alpha`. A benchmark that left keeps what it showed.
 * `of`: benchmarks of the whole suite, where these are a part of it.
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

/** The geometric mean of all changes in per cent (positive is better), with its 95 % interval; null where a benchmark has no interval. */
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
