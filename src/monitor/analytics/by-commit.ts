import { likeliestRise } from '../../stats/change-point.ts';
import { toPercent } from '../../stats/percent.ts';
import { median } from '../../stats/robust.ts';
import { theilSen } from '../../stats/theil-sen.ts';
import type { BenchPoint, BenchSeries } from '../store/bench.ts';

/**
 * The figures from all measurements of one benchmark at one commit. If the commit is unknown, `commit` is null, and the figures are from
 * all measurements with the same time. `median`: the median of the medians of the measurements, so that every measurement has the same
 * weight. `ci95`: the smallest interval that contains the intervals of all measurements. Null if a measurement has no interval.
 */
type CommitFigures = {
  commit: string | null;
  /** When the commit was made; without a commit, when the benchmark was measured. */
  time: number;
  measurements: number;
  n: number;
  median: number;
  ci95: [number, number] | null;
};

/**
 * A level shift of a benchmark between `from` and `to`, which are commits or times. `before` and `after` are medians in the unit of the
 * metric. `shift_pct` is above 0.
 */
type Moved = { from: string; to: string; before: number; after: number; shift_pct: number; p: number };

/** One benchmark on one kind of machine, commit by commit. */
export type BenchLine = BenchSeries & {
  commits: CommitFigures[];
  /** Number of measurements made with uncommitted changes in the work tree. */
  apart: number;
  /** The trend in per cent per commit, with a 95 % interval. Null for fewer than seven commits. */
  trend: { pct_per_commit: number; ci_pct: [number | null, number | null]; p: number } | null;
  worse: Moved | null;
  better: Moved | null;
  /**
   * The path of the contract at the last measurement, relative to the project. Null if a command was measured without a contract.
   */
  file: string | null;
  /** When the last measurement was made, ms since 1970. */
  measured: number;
};

/**
 * The rule for level shifts. `commits`: how many of the newest commits are examined. `p`: the significance level. `shift_pct`: the least
 * shift in per cent.
 */
const rule = { commits: 50, p: 0.005, shift_pct: 3 } as const;
const leastForTrend = 7;

/**
 * The least number of commits in which a level shift can be significant. With 9 commits, the smallest possible p-value is 1/126, which is
 * above the significance level of 0.005.
 */
export const leastForChange = 10;

/**
 * Groups points into series. `order`: the commits to include, the oldest first. If `order` is null, all commits are included, ordered by
 * time. Measurements of uncommitted changes are only counted, in `apart`.
 */
export function benchLines(points: readonly BenchPoint[], order: readonly string[] | null): BenchLine[] {
  const series = grouped(points, seriesKey);
  return [...series.values()].map((own) => lineOf(own, order));
}

/** A key that is the same for all measurements of one series. */
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

/**
 * Finds a level shift in the medians of successive commits: a rise if `up` is true, a fall if `up` is false. Each commit counts as one
 * value, regardless of how often the commit was measured. Null if there is no significant shift.
 */
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

/** The name of a point in a series: the hash of its commit or, without a commit, its time. */
export const placeName = ({ commit, time }: Pick<CommitFigures, 'commit' | 'time'>): string =>
  commit ?? new Date(time).toISOString().slice(0, 16);

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
