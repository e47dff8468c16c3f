import { rise } from '../../stats/change-point.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import { toPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import { theilSen } from '../../stats/theil-sen.ts';
import type { BenchPoint, BenchSeries } from '../store/bench.ts';

/** A commit of a series: the median of all its values, with an interval of 95 % (null below six values). */
type CommitFigures = {
  commit: string;
  time: number;
  measurements: number;
  n: number;
  median: number;
  ci95: [number, number] | null;
};

/** Where a benchmark got worse: between the commits `from` and `to`, in the unit of the metric. `shift_pct` is above 0. */
type Worse = { from: string; to: string; before: number; after: number; shift_pct: number; p: number };

/** One benchmark on one kind of machine, commit by commit. */
export type BenchLine = BenchSeries & {
  commits: CommitFigures[];
  /** Measurements that belong to no commit, or differ from theirs. */
  apart: number;
  /** Per cent a commit, with an interval of 95 %; null below seven commits. */
  trend: { pct_per_commit: number; ci_pct: [number | null, number | null]; p: number } | null;
  worse: Worse | null;
};

/** The commits at the end that are looked at, the largest p that is believed, and the smallest shift. */
const rule = { commits: 50, p: 0.005, shift_pct: 3 } as const;
const leastForTrend = 7;

/** With fewer commits than this no order of them has a chance of 0.005: the best split of 9 has one of 1 in 126. */
export const leastForChange = 10;

/**
 * The series of the points. `order` are commits, the oldest first: only these are shown, in this order. Without it the time of the commit
 * orders them. What is no commit as it is in git is counted apart.
 */
export function benchLines(points: readonly BenchPoint[], order: readonly string[] | null): BenchLine[] {
  const series = grouped(points, seriesKey);
  return [...series.values()].map((own) => lineOf(own, order));
}

const seriesKey = ({ name, metric, unit, lower_is_better, project, contract, machine, instrument }: BenchPoint) =>
  JSON.stringify([name, metric, unit, lower_is_better, project, contract, machine, instrument]);

function lineOf(points: readonly BenchPoint[], order: readonly string[] | null): BenchLine {
  const { t: _t, arm: _a, commit: _c, dirty: _d, values: _v, median: _m, ci95: _i, ...series } = points[0]!;
  const clean = points.filter(({ commit, dirty }) => commit !== null && !dirty);
  const found = [...grouped(clean, ({ commit }) => commit!.id)].map(([commit, own]): CommitFigures => {
    const values = own.flatMap((point) => point.values);
    const time = own[0]!.commit!.time;
    return {
      commit,
      time,
      measurements: own.length,
      n: values.length,
      median: median(values),
      ci95: medianInterval(values),
    };
  });
  const place = order && new Map(order.map((commit, i) => [commit, i]));
  const commits = place
    ? found.filter(({ commit }) => place.has(commit)).sort((a, b) => place.get(a.commit)! - place.get(b.commit)!)
    : found.sort((a, b) => a.time - b.time);
  return {
    ...series,
    commits,
    apart: points.length - clean.length,
    trend: trendOf(commits),
    worse: worseIn(commits, series),
  };
}

function trendOf(commits: readonly CommitFigures[]): BenchLine['trend'] {
  const used = commits.filter((one) => one.median > 0);
  if (used.length < leastForTrend) return null;
  const found = theilSen(
    used.map((_, i) => i),
    used.map((one) => Math.log(one.median)),
    0.05,
  )!;
  const percent = (slope: number) => (Number.isFinite(slope) ? toPercent(slope, 'increase') : null);
  return { pct_per_commit: percent(found.slope)!, ci_pct: [percent(found.low), percent(found.high)], p: found.p };
}

function worseIn(all: readonly CommitFigures[], { lower_is_better }: BenchSeries): Worse | null {
  const commits = all.slice(-rule.commits);
  if (commits.length < leastForChange) return null;
  const medians = commits.map((one) => one.median);
  const found = rise(medians.map((value) => (lower_is_better ? value : -value)));
  if (!found || found.p > rule.p) return null;
  const [before, after] = [median(medians.slice(0, found.at)), median(medians.slice(found.at))];
  const ratio = lower_is_better ? after / before : before / after;
  const shift_pct = toPercent(Math.log(ratio), 'increase');
  if (!(before > 0 && shift_pct >= rule.shift_pct)) return null;
  return { from: commits[found.at - 1]!.commit, to: commits[found.at]!.commit, before, after, shift_pct, p: found.p };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
