import { effect, toleranceOf } from './effect.ts';
import { isConstant } from './exact.ts';
import type { Interval } from './judgement.ts';
import { held, type Regression, regressed } from './no-worse.ts';
import { isSignificant } from './null-distribution.ts';
import { type Direction, fromPercent, orNull, toPercent } from './percent.ts';
import { median } from './robust.ts';
import { type Problem, refuseProblem, samplesProblem, type Test } from './rule.ts';

/** A secondary metric that must not get worse by `max_regression_pct` per cent of the base. */
export type Watchdog = {
  name: string;
  base: number[];
  candidate: number[];
  lower_is_better: boolean;
  max_regression_pct: number;
  /** Constant arms are compared exactly if the metric is deterministic, or if a value is 0 or less. */
  deterministic?: boolean | undefined;
};

/**
 * The verdict on a watchdog. `undecided` needs more samples. When no more samples are allowed, the estimate decides. If the estimate is
 * above the margin, the verdict becomes `reject_at_cap`. Otherwise, the verdict becomes `pass_with_note`, because the true regression is
 * possibly above the margin.
 */
export type WatchdogVerdict = 'pass' | 'fail' | 'undecided' | 'pass_with_note' | 'reject_at_cap';

/** Positive is worse throughout. A number is null if the data cannot give it, for example because the base is 0. */
export type WatchdogJudgement = {
  name: string;
  verdict: WatchdogVerdict;
  /** Hodges-Lehmann estimate of the regression. */
  regression_pct: number | null;
  /** The two-sided interval. */
  ci95_pct: Interval;
  /** The one-sided 95 % upper bound. If this bound is below the margin, the watchdog passes. */
  upper_bound_pct: number | null;
  /** The one-sided lower bound, at Holm's share of 5 %. The watchdog can fail only if this bound is above 0. */
  lower_bound_pct: number | null;
  /** The one-sided p-value against no regression. Null if the arms were compared exactly. */
  p: number | null;
  /** Medians, in the metric's unit. */
  baseline: number;
  candidate: number;
  margin_pct: number;
  n_base: number;
  n_candidate: number;
};

const alpha = 0.05;

/**
 * Judges every watchdog. Pass: the regression is shown to be below the margin. Fail: the regression is shown to exist, and its estimate
 * reaches the margin. Else undecided. Holm's step-down covers all watchdogs that are sampled.
 * @throws RangeError if `watchdogProblem` finds a problem
 */
export function judgeWatchdogs(watchdogs: readonly Watchdog[], test: Test, atCap: boolean): WatchdogJudgement[] {
  const sampled = watchdogs.filter((w) => !isExact(w)).map((w) => ({ ...sample(w, test), watchdog: w }));
  const order = [...sampled].sort((x, y) => x.p - y.p);
  // Holm's method compares the smallest of k p-values with alpha/k and the next with alpha/(k−1). It stops at the first p-value that is not
  // significant.
  const shares = order.map((_, i) => alpha / (order.length - i));
  const firstKept = order.findIndex((s, i) => !isSignificant(s.p, shares[i]!));
  const significant = new Set(firstKept < 0 ? order : order.slice(0, firstKept));

  return watchdogs.map((w) => {
    const s = sampled.find((candidate) => candidate.watchdog === w);
    if (!s) return exactly(w);
    const share = shares[order.indexOf(s)]!;
    const above = s.effect.estimate > s.margin + s.tolerance;
    const failed = significant.has(s) && regressed(s, share);
    const verdict = held(s, alpha) ? 'pass' : failed ? 'fail' : undecided(atCap, above);
    const percent = (x: number) => orNull(toPercent(x, directionOf(w)));
    return {
      name: w.name,
      verdict,
      regression_pct: percent(s.effect.estimate),
      ci95_pct: [percent(s.effect.lower(alpha / 2)), percent(s.effect.upper(alpha / 2))],
      upper_bound_pct: percent(s.effect.upper(alpha)),
      lower_bound_pct: percent(s.effect.lower(share)),
      p: s.p,
      ...arms(w),
    };
  });
}

const undecided = (atCap: boolean, above: boolean): WatchdogVerdict =>
  !atCap ? 'undecided' : above ? 'reject_at_cap' : 'pass_with_note';

/** The regression on the log scale. */
function sample(w: Watchdog, test: Test): Regression & { p: number } {
  refuseProblem(watchdogProblem(w, test));
  const [worse, better] = w.lower_is_better ? [w.candidate, w.base] : [w.base, w.candidate];
  const regression = effect(test, 'log', worse, better);
  return {
    effect: regression,
    p: regression.p(0),
    margin: fromPercent(w.max_regression_pct, directionOf(w)),
    tolerance: toleranceOf('log', worse, better),
  };
}

const percentThreshold = { type: 'pct', pct_min: 0, absolute_min: 0, significance_required: true } as const;

/** The reason why a watchdog cannot be judged, or null. A metric that is 0 in some executions and not in others has no percentage. */
export const watchdogProblem = (w: Watchdog, test: Test): Problem | null =>
  isExact(w) ? null : samplesProblem(w.base, w.candidate, { threshold: percentThreshold, test });

const isExact = (w: Watchdog) =>
  isConstant(w.base) &&
  isConstant(w.candidate) &&
  (w.deterministic === true || w.base[0]! <= 0 || w.candidate[0]! <= 0);

/** An exact comparison: a regression equal to the margin still passes. If the base is 0, any regression fails. */
function exactly(w: Watchdog): WatchdogJudgement {
  const [from, to] = [w.base[0]!, w.candidate[0]!];
  const worsening = w.lower_is_better ? to - from : from - to;
  const regression = worsening === 0 ? 0 : orNull((100 * worsening) / Math.abs(from));
  const within = worsening <= (Math.abs(from) * w.max_regression_pct) / 100 + toleranceOf('plain', [from], [to]);
  return {
    name: w.name,
    verdict: within ? 'pass' : 'fail',
    regression_pct: regression,
    ci95_pct: [regression, regression],
    upper_bound_pct: regression,
    lower_bound_pct: regression,
    p: null,
    ...arms(w),
  };
}

const arms = (w: Watchdog) => ({
  baseline: median(w.base),
  candidate: median(w.candidate),
  margin_pct: w.max_regression_pct,
  n_base: w.base.length,
  n_candidate: w.candidate.length,
});

/** The direction in which a metric gets worse: a time increases, and a rate decreases. */
const directionOf = (w: Watchdog): Direction => (w.lower_is_better ? 'increase' : 'decrease');
