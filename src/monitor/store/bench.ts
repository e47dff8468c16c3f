import { sha256 } from '../../core/hash.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

/** What may stand in one line: where any of these differs, two values are not compared. */
export type BenchSeries = {
  /** The command that was measured. */
  name: string;
  metric: string;
  unit: string;
  lower_is_better: boolean;
  /** The first commit of the repository and the folder in it; the folder's path where there is no repository. */
  project: string;
  /** SHA-256 of what is run and measured. */
  contract: string;
  /** The kind of machine, in words. */
  machine: string;
  instrument: string;
};

/** One measurement of one arm. Times are ms since 1970; `values` are in the unit of the metric, at least one. */
export type BenchPoint = BenchSeries & {
  t: number;
  arm: 'base' | 'head' | 'command';
  /** Null without a repository. */
  commit: { id: string; time: number; parent: string | null } | null;
  /** Whether what was measured differs from the commit. */
  dirty: boolean;
  values: number[];
  median: number;
  ci95: [number, number] | null;
};

/** Adds measurements; the number of those that were not known. They are kept for ever. */
export function addBench(db: Database, points: readonly BenchPoint[]): number {
  return inTransaction(db, () => {
    let added = 0;
    for (const point of points) {
      const { name, metric, unit, lower_is_better, project, contract, machine, instrument, ...rest } = point;
      const series = JSON.stringify({ name, metric, unit, lower_is_better, project, contract, machine, instrument });
      const key = sha256(JSON.stringify([series, rest.t, rest.arm, rest.commit?.id ?? null]));
      const data = JSON.stringify(rest);
      added += db.run(
        'INSERT OR IGNORE INTO bench_point (key, t, series, data) VALUES (?, ?, ?, ?)',
        key,
        rest.t,
        series,
        data,
      );
    }
    return added;
  });
}

/** All measurements, the oldest first. */
export const benchIn = (db: Database): BenchPoint[] =>
  db
    .all('SELECT series, data FROM bench_point ORDER BY t, key')
    .map(({ series, data }) => ({ ...JSON.parse(String(series)), ...JSON.parse(String(data)) }) as BenchPoint);
