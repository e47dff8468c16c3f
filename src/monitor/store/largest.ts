import { midnight } from '../../core/time.ts';
import type { Kind } from '../event.ts';
import type { Query } from './driver.ts';
import type { Span } from './read.ts';

/** Which series to select. `most`: the highest number of series or names. */
type Which = { kinds: readonly Kind[]; metric: string; most: number };

/**
 * A query for the series, or names of series, that have the largest sums on the days of a time span. With this query, other series need not
 * be read.
 */
export const largestIn = (of: 'id' | 'name', { since, until }: Span, { kinds, metric, most }: Which): Query => ({
  sql: `SELECT l.${of} FROM rollup_day d JOIN series l ON l.id = d.series WHERE d.t >= ? AND d.t < ? AND d.metric = ?
        AND l.kind IN (${kinds.map(() => '?').join(', ')}) GROUP BY l.${of} ORDER BY sum(d.sum) DESC LIMIT ?`,
  values: [midnight(since), until, metric, ...kinds, most],
});
