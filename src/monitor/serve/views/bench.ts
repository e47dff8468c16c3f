import { median } from '../../../stats/robust.ts';
import { type BenchLine, benchLines, placeName, seriesKey } from '../../analytics/by-commit.ts';
import { benchIn } from '../../store/bench.ts';
import type { Database } from '../../store/driver.ts';
import { type Seen, spanOf } from './seen.ts';

/** The view shows at most this number of series. The series that were measured most recently are selected. */
const MOST_SERIES = 12;

/**
 * The value of one commit, in the unit of the series. `low` and `high` are the 95 % interval, if known. `level`: the median of all commits
 * on the same side of the level shift as this commit. Without a level shift, the median of all commits.
 */
type Point = {
  t: number;
  commit: string;
  value: number;
  low: number | null;
  high: number | null;
  level: number;
};

/** The values of a benchmark by commit. `change`: the level shift of these values; null if no shift was found. */
export type BenchSeries = {
  name: string;
  unit: string;
  lower_is_better: boolean;
  points: Point[];
  change: { t: number; commit: string; before: number; after: number; p: number; worse: boolean } | null;
};

/**
 * The benchmarks that were measured in the time span, with all recorded commits. The commits are ordered by time, because the monitor has
 * no access to the repository. Level shifts are found by the method of `monitor regressions`.
 */
export function bench(seen: Seen): { series: BenchSeries[] } {
  const { since } = spanOf(seen);
  return {
    series: newestLines(seen.db)
      .filter(({ measured }) => measured >= since)
      .map(seriesOf),
  };
}

/**
 * The series that were measured most recently. The search for level shifts is slow, so the result is cached until a new measurement is
 * recorded.
 */
function newestLines(db: Database): BenchLine[] {
  const recorded = JSON.stringify(db.get('SELECT count(*) AS n, max(t) AS t FROM bench_point'));
  const before = found.get(db);
  if (before?.recorded === recorded) return before.lines;
  const clean = benchIn(db).filter(({ dirty }) => !dirty);
  const newest = [...new Set(clean.toReversed().map(seriesKey))].slice(0, MOST_SERIES);
  const shown = clean.filter((point) => newest.includes(seriesKey(point)));
  const lines = benchLines(shown, null).sort((a, b) => b.measured - a.measured);
  found.set(db, { recorded, lines });
  return lines;
}

const found = new WeakMap<Database, { recorded: string; lines: BenchLine[] }>();

function seriesOf({ name, metric, unit, lower_is_better, machine, commits, worse, better }: BenchLine): BenchSeries {
  const moved = worse ?? better;
  const found = moved ? commits.findIndex((one) => placeName(one) === moved.to) : 0;
  const levelOf = (side: readonly { median: number }[]) => median(side.map((one) => one.median));
  const after = levelOf(commits.slice(found));
  const before = found > 0 ? levelOf(commits.slice(0, found)) : after;
  return {
    name: `${name}, ${metric} (${machine})`,
    unit,
    lower_is_better,
    points: commits.map((one, i) => ({
      t: one.time,
      commit: placeName(one).slice(0, 16),
      value: one.median,
      low: one.ci95?.[0] ?? null,
      high: one.ci95?.[1] ?? null,
      level: i < found ? before : after,
    })),
    change: moved && {
      ...{ t: commits[found]!.time, commit: placeName(commits[found]!).slice(0, 16) },
      ...{ before: moved.before, after: moved.after, p: moved.p, worse: worse !== null },
    },
  };
}
