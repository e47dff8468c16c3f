import { likeliestRise } from '../../stats/change-point.ts';
import { toPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import { theilSen } from '../../stats/theil-sen.ts';
import type { BenchPoint, BenchSeries } from '../store/bench.ts';

/**
 * A commit of a series, or a moment where there is no repository (`commit` is null): the median of the medians of its measurements, so that
 * a noisy one counts as much as any other. `ci95` reaches from the lowest to the highest bound of their intervals; null where one has none.
 */
type CommitFigures = {
  commit: string | null;
  /** When it was committed, or measured. */
  time: number;
  measurements: number;
  n: number;
  median: number;
  ci95: [number, number] | null;
};

/** Where a benchmark moved: between `from` and `to`, commits or times, in the unit of the metric. `shift_pct` is above 0. */
type Moved = { from: string; to: string; before: number; after: number; shift_pct: number; p: number };

/** One benchmark on one kind of machine, commit by commit. */
export type BenchLine = BenchSeries & {
  commits: CommitFigures[];
  /** Measurements of what differs from its commit. */
  apart: number;
  /** Per cent a commit, with an interval of 95 %; null below seven commits. */
  trend: { pct_per_commit: number; ci_pct: [number | null, number | null]; p: number } | null;
  worse: Moved | null;
  better: Moved | null;
  /** The contract's file at the last measurement, relative to the project; null for a command. */
  file: string | null;
  /** When it was measured last, ms since 1970. */
  measured: number;
};

/** The commits at the end that are looked at, the largest p that is believed, and the smallest shift. */
const rule = { commits: 50, p: 0.005, shift_pct: 3 } as const;
const leastForTrend = 7;

/** With fewer commits than this no order of them has a chance of 0.005: the best split of 9 has one of 1 in 126. */
export const leastForChange = 10;

/**
 * The series of the points. `order` are commits, the oldest first: only these are shown, in this order. Without it the time of the commit
 * orders them. What differs from its commit is counted apart.
 */
export function benchLines(points: readonly BenchPoint[], order: readonly string[] | null): BenchLine[] {
  const series = grouped(points, seriesKey);
  return [...series.values()].map((own) => lineOf(own, order));
}

/** Tells series apart. */
export const seriesKey = ({
  name,
  metric,
  unit,
  lower_is_better,
  project,
  contract,
  machine,
  instrument,
}: BenchPoint) => JSON.stringify([name, metric, unit, lower_is_better, project, contract, machine, instrument]);

function lineOf(points: readonly BenchPoint[], order: readonly string[] | null): BenchLine {
  const { name, metric, unit, lower_is_better, project, contract, machine, instrument } = points[0]!;
  const clean = points.filter(({ dirty }) => !dirty);
  const found = [...grouped(clean, ({ commit, t }) => commit?.id ?? String(t)).values()].map(figuresOf);
  const place = order && new Map(order.map((commit, i) => [commit, i]));
  const placed = ({ commit }: CommitFigures) => place?.get(commit ?? '') ?? -1;
  const commits = place
    ? found.filter((one) => placed(one) >= 0).sort((a, b) => placed(a) - placed(b))
    : found.sort((a, b) => a.time - b.time);
  return {
    ...{ name, metric, unit, lower_is_better, project, contract, machine, instrument, commits },
    apart: points.length - clean.length,
    trend: trendOf(commits),
    worse: movedIn(commits, lower_is_better),
    better: movedIn(commits, !lower_is_better),
    file: points.at(-1)!.file,
    measured: points.at(-1)!.t,
  };
}

function figuresOf(own: readonly BenchPoint[]): CommitFigures {
  const [{ commit, t }] = own as [BenchPoint];
  const bounds = own.map(({ ci95 }) => ci95).filter((ci95) => ci95 !== null);
  return {
    commit: commit?.id ?? null,
    time: commit?.time ?? t,
    measurements: own.length,
    n: own.reduce((all, { values }) => all + values.length, 0),
    median: median(own.map((point) => median(point.values))),
    ci95:
      bounds.length === own.length
        ? [Math.min(...bounds.map(([low]) => low)), Math.max(...bounds.map(([, high]) => high))]
        : null,
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

/** Where the values rose, or fell: the way that is asked for. Each commit is one value, however often it was measured. */
function movedIn(all: readonly CommitFigures[], up: boolean): Moved | null {
  const commits = all.slice(-rule.commits);
  if (commits.length < leastForChange) return null;
  const medians = commits.map((one) => one.median);
  const found = likeliestRise(
    medians.map((value) => (up ? value : -value)),
    3,
  );
  const p = found && !found.isHopeless(rule.p) ? found.p() : 1;
  if (!found || p > rule.p) return null;
  const [before, after] = [median(medians.slice(0, found.at)), median(medians.slice(found.at))];
  const shift_pct = toPercent(Math.log(up ? after / before : before / after), 'increase');
  if (!(Math.min(before, after) > 0 && shift_pct >= rule.shift_pct)) return null;
  const [from, to] = [commits[found.at - 1]!, commits[found.at]!].map(placeName) as [string, string];
  return { from, to, before, after, shift_pct, p };
}

/** The commit, or the time where there is none. */
export const placeName = ({ commit, time }: Pick<CommitFigures, 'commit' | 'time'>): string =>
  commit ?? new Date(time).toISOString().slice(0, 16);

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
