import { midnight } from '../../core/time.ts';
import type { Kind } from '../event.ts';
import type { Database } from './driver.ts';

/** The sums of one metric of one subject, such as a hook or a tool, over all recorded days. All versions of a hook are one subject. */
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
 * The totals, the largest sum first. Only subjects with events on or after the day of `since` (ms since 1970) are included. The query is
 * fast, because it reads no buckets.
 */
export const totalsIn = (db: Database, since: number): Total[] =>
  db.all(
    `SELECT s.kind, s.name, s.plugin, r.metric, sum(r.n) AS n, sum(r.failed) AS failed, sum(r.sum) AS sum
     FROM rollup_day r JOIN series s ON s.id = r.series GROUP BY s.kind, s.name, s.plugin, r.metric
     HAVING max(r.t) >= ? ORDER BY sum(r.sum) DESC, s.kind, s.name, s.plugin`,
    midnight(since),
  ) as Total[];
