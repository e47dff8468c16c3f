import { midnight } from '../../core/time.ts';
import type { Kind } from '../event.ts';
import type { Query } from './driver.ts';
import type { Span } from './read.ts';

/** Selects series. The result has at most `most` ids or names. */
type Which = { kinds: readonly Kind[]; metric: string; most: number };

/**
 * Creates a query for the series with the largest sums on the days of a time span. The query returns the ids or the names of these series.
 * Other queries use this query as a filter, so that they read only the largest series.
 */
export const largestIn = (of: 'id' | 'name', { since, until }: Span, { kinds, metric, most }: Which): Query => ({
  sql: `SELECT l.${of} FROM rollup_day d JOIN series l ON l.id = d.series WHERE d.t >= ? AND d.t < ? AND d.metric = ?
        AND l.kind IN (${kinds.map(() => '?').join(', ')}) GROUP BY l.${of} ORDER BY sum(d.sum) DESC LIMIT ?`,
  values: [midnight(since), until, metric, ...kinds, most],
});
