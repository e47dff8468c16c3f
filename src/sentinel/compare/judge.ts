import { effect } from '../../stats/effect.ts';
import type { Effect } from '../../stats/hodges-lehmann.ts';
import { isSignificant } from '../../stats/null-distribution.ts';
import { fromPercent, orNull, toPercent } from '../../stats/percent.ts';
import { median, robustSd } from '../../stats/robust.ts';

/** The times of executions of both arms, in ms. If the arms ran alternately, the executions with the same index are a pair. */
type Pair = { base: number[]; current: number[] };

/**
 * The times of one hook that runs alone, or of one event, in both arms. The times are compared to judge whether the hook or event became
 * slower. `in_turn`: whether the arms ran alternately. `against_budget`: the event had no hooks before, so each element of `wall.base` is
 * the event's budget.
 */
export type Contest = { key: string; in_turn: boolean; wall: Pair; cpu: Pair; against_budget?: true };

export type Metric = 'wall' | 'cpu';

/**
 * `held`: proven that a slowdown, if it exists, is smaller than the threshold. `flagged`: proven slower, and the estimate is at least half
 * of the threshold. `regressed`: proven slower, and the estimate is at least the threshold. Else `undecided`.
 */
export type Status = 'held' | 'flagged' | 'regressed' | 'undecided';

/**
 * How one metric changed. A positive change means slower. Medians in ms. Bounds are one-sided. A bound is null if it is infinite, for
 * example because there are too few executions.
 */
export type Change = {
  metric: Metric;
  baseline: number;
  current: number;
  change_pct: number | null;
  ci95_pct: [number | null, number | null];
  /** The lower bound at the error rate that Holm's procedure gives this contest. */
  lower_bound_pct: number | null;
  /** The upper bound at an error rate of 5 %. */
  upper_bound_pct: number | null;
  /** The p-value of the hypothesis “not slower”. */
  p: number;
  runs: number;
  /** The executions from which the change is computed. If the arms ran alternately, the executions with the same index are a pair. */
  samples: { baseline: number[]; current: number[] };
};

/**
 * The status of a contest, and the `changes` of its metrics. The metric that decides comes first. A second metric can make the contest
 * `flagged` or `regressed`, but not `held`.
 */
export type Judged = { key: string; status: Status; changes: Change[] };

const ALPHA = 0.05;

/**
 * The metrics by which a contest is judged. Only the baseline's arm is used to choose them, so the change cannot influence the choice. Wall
 * time, which a user waits for, decides by default. If wall time varies by more than half the threshold and the hook mostly computes, CPU
 * time decides, because CPU time varies less. Wall time is then the second metric, because CPU time does not show waiting. The quickest
 * execution shows whether the hook mostly computes. In slower executions, delays by a busy machine look like waiting.
 */
export function metricsOf({ wall, cpu }: Contest, thresholdPct: number): Metric[] {
  const hasCpu = [...cpu.base, ...cpu.current].every((ms) => ms > 0) && cpu.base.length === wall.base.length;
  if (!hasCpu || cpu.base.length === 0) return ['wall'];
  const spread = robustSd(wall.base.map(Math.log));
  const mostlyComputes = median(cpu.base) >= Math.min(...wall.base) / 2;
  const isQuiet = spread <= fromPercent(thresholdPct, 'increase') / 2;
  return isQuiet || !mostlyComputes ? ['wall'] : ['cpu', 'wall'];
}

/**
 * Judges several contests as one family of tests: the chance that any contest is wrongly called slower is at most 5 % (Holm's step-down
 * procedure). Every contest must have executions of both arms.
 */
export function judgeFamily(contests: readonly Contest[], thresholdPct: number): Judged[] {
  const tests = contests.flatMap((contest) =>
    metricsOf(contest, thresholdPct).map((metric) => ({ contest, metric, effect: effectOf(contest, metric) })),
  );
  const order = tests.toSorted((a, b) => a.effect.p(0) - b.effect.p(0));
  const shareOf = (test: (typeof tests)[number]) => ALPHA / (order.length - order.indexOf(test));
  const firstKept = order.findIndex((test) => !isSignificant(test.effect.p(0), shareOf(test)));
  const slower = new Set(firstKept < 0 ? order : order.slice(0, firstKept));
  return contests.map((contest) => {
    const own = tests.filter((test) => test.contest === contest);
    const statuses = own.map((test, i) =>
      (contest.against_budget ? budgetStatusOf : statusOf)(
        test.effect,
        { isSlower: slower.has(test), isFirst: i === 0 },
        thresholdPct,
      ),
    );
    return {
      key: contest.key,
      status: worst(statuses),
      changes: own.map((test) => changeOf(contest, test.metric, test.effect, shareOf(test))),
    };
  });
}

/** Whether the first session decides a contest: the contest is held, and no metric hints at a slowdown of half the threshold or more. */
export function isSettled(contest: Contest, thresholdPct: number): boolean {
  const [first, ...others] = metricsOf(contest, thresholdPct).map((metric) => effectOf(contest, metric));
  const margin = fromPercent(thresholdPct, 'increase');
  if (contest.against_budget) return first!.estimate <= 0;
  const hints = (one: Effect) => isSignificant(one.p(0), ALPHA) && one.estimate >= half(thresholdPct);
  return first!.upper(ALPHA) < margin && ![first!, ...others].some(hints);
}

const half = (thresholdPct: number) => fromPercent(thresholdPct / 2, 'increase');

/** Whether an estimate reaches a threshold, with a tolerance for rounding. */
const reaches = (estimate: number, least: number) => estimate >= least - 1e-12;

function statusOf(
  one: Effect,
  { isSlower, isFirst }: { isSlower: boolean; isFirst: boolean },
  thresholdPct: number,
): Status | null {
  const margin = fromPercent(thresholdPct, 'increase');
  if (isSlower && reaches(one.estimate, margin)) return 'regressed';
  if (isSlower && reaches(one.estimate, half(thresholdPct))) return 'flagged';
  if (!isFirst) return null;
  return one.upper(ALPHA) < margin ? 'held' : 'undecided';
}

/** A budget has no margin, so every time that is proven longer than the budget is a regression. */
function budgetStatusOf({ estimate }: Effect, { isSlower }: { isSlower: boolean }): Status {
  if (isSlower) return 'regressed';
  return estimate <= 0 ? 'held' : 'undecided';
}

const gravity: readonly Status[] = ['regressed', 'undecided', 'flagged', 'held'];

/**
 * The status of a contest, from the statuses of its metrics. `held` if no metric has a status. `flagged` precedes `undecided`, because one
 * metric that proves a slowdown decides the contest.
 */
function worst(statuses: readonly (Status | null)[]): Status {
  const order: readonly Status[] = ['regressed', 'flagged', 'undecided', 'held'];
  return order.find((status) => statuses.includes(status)) ?? 'held';
}

/** The most severe status of several contests, from which the exit code follows. */
export const verdictOf = (statuses: readonly Status[]): Status =>
  gravity.find((status) => statuses.includes(status)) ?? 'held';

function effectOf({ in_turn, ...pairs }: Contest, metric: Metric): Effect {
  const { base, current } = pairs[metric];
  const n = Math.min(base.length, current.length);
  return in_turn
    ? effect('wilcoxon_signed_rank', 'log', current.slice(0, n), base.slice(0, n))
    : effect('mann_whitney', 'log', current, base);
}

function changeOf(contest: Contest, metric: Metric, seen: Effect, share: number): Change {
  const { base, current } = contest[metric];
  if (contest.against_budget) return fromNothing(current, seen);
  const percent = (x: number) => orNull(toPercent(x, 'increase'));
  return {
    metric,
    baseline: median(base),
    current: median(current),
    change_pct: percent(seen.estimate),
    ci95_pct: [percent(seen.lower(ALPHA / 2)), percent(seen.upper(ALPHA / 2))],
    lower_bound_pct: percent(seen.lower(share)),
    upper_bound_pct: percent(seen.upper(ALPHA)),
    p: seen.p(0),
    runs: Math.min(base.length, current.length),
    samples: { baseline: base, current },
  };
}

/**
 * The change of an event that had no hooks before. The old time was zero, so the change has no percentage. `p` is the p-value of the
 * hypothesis “within the budget”.
 */
const fromNothing = (current: number[], seen: Effect): Change => ({
  metric: 'wall',
  baseline: 0,
  current: median(current),
  change_pct: null,
  ci95_pct: [null, null],
  lower_bound_pct: null,
  upper_bound_pct: null,
  p: seen.p(0),
  runs: current.length,
  samples: { baseline: [], current },
});
