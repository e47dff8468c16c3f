import { midnight } from '../../core/time.ts';
import type { Kind } from '../event.ts';
import type { Database } from './driver.ts';

/** All-time sums of one metric of one subject; all versions of a handler count as one subject. */
export type Total = {
  kind: Kind;
  name: string;
  plugin: string;
  metric: string;
  n: number;
  failed: number;
  sum: number;
};

/**
 * The totals of subjects that have events on the day of `since` (ms since 1970) or later, the largest sums first. The query is cheap,
 * because no buckets are read.
 */
export const totalsIn = (db: Database, since: number): Total[] =>
  db.all(
    `SELECT s.kind, s.name, s.plugin, r.metric, sum(r.n) AS n, sum(r.failed) AS failed, sum(r.sum) AS sum
     FROM rollup_day r JOIN series s ON s.id = r.series GROUP BY s.kind, s.name, s.plugin, r.metric
     HAVING max(r.t) >= ? ORDER BY sum(r.sum) DESC, s.kind, s.name, s.plugin`,
    midnight(since),
  ) as Total[];
