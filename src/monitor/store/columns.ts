import { DAY } from '../../core/time.ts';
import { type Buckets, decode, quantilesOf } from '../../stats/log-buckets.ts';
import type { Kind } from '../event.ts';
import type { Database } from './driver.ts';
import { largestIn } from './largest.ts';
import type { Span } from './read.ts';

/** The figures of one time step, added up over all series with the same name. `t`: the start of the time step, ms since 1970. */
export type Column = { t: number; name: string; n: number; failed: number; sum: number; buckets: Buckets };

/**
 * Selects the figures to read. `step`: the time step in ms, whole hours or days. At most `most` names are selected, those with the largest
 * sums.
 */
export type Columned = { kinds: readonly Kind[]; metric: string; step: number; most?: number };

/** The figures of a time span for each time step and name, the oldest first. Time steps without data are left out. */
export function columnsIn(db: Database, span: Span, { kinds, metric, step, most }: Columned): Column[] {
  const { since, until } = span;
  const largest = most === undefined ? null : largestIn('name', span, { kinds, metric, most });
  const table = step >= DAY ? 'rollup_day' : 'rollup_hour';
  const first = Math.floor(since / step) * step;
  const rows = db.all(
    `SELECT s.name, r.t, r.n, r.failed, r.sum, r.buckets FROM ${table} r JOIN series s ON s.id = r.series
     WHERE r.t >= ? AND r.t < ? AND r.metric = ? AND s.kind IN (${kinds.map(() => '?').join(', ')})
     ${largest ? `AND s.name IN (${largest.sql})` : ''} ORDER BY r.t`,
    ...[first, until, metric, ...kinds, ...(largest?.values ?? [])],
  );
  const found = new Map<string, Column>();
  for (const { name, t, n, failed, sum, buckets } of rows) {
    const begins = Math.floor(Number(t) / step) * step;
    const key = `${begins} ${name}`;
    const column = found.get(key) ?? { t: begins, name: String(name), n: 0, failed: 0, sum: 0, buckets: new Map() };
    column.n += Number(n);
    column.failed += Number(failed);
    column.sum += Number(sum);
    decode(buckets as Uint8Array, column.buckets);
    found.set(key, column);
  }
  return [...found.values()];
}

/** The figures of one time step, with percentiles instead of buckets. */
export type ColumnFigures = {
  t: number;
  name: string;
  n: number;
  failed: number;
  sum: number;
  p50: number;
  p95: number;
};

export function figuresOfColumn({ buckets, ...column }: Column): ColumnFigures {
  const [p50, p95] = quantilesOf(buckets, [0.5, 0.95]);
  return { ...column, p50: p50!, p95: p95! };
}
