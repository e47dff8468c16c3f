import { DAY, MINUTE } from '../core/time.ts';
import { isTime, type Kind } from './event.ts';
import type { Database } from './store/driver.ts';
import { largestIn } from './store/largest.ts';
import { type Figures, figuresIn, firstIn, type Span, sessionsIn } from './store/read.ts';

/** The durations of one series in a time span. */
export type TimeRow = {
  kind: Kind;
  /**
   * What the duration covers. `call`: the time from a tool call to its result, including its hooks and the wait for permission. Transcripts
   * contain only this time.
   */
  measured: 'itself' | 'call';
  name: string;
  plugin: string;
  handler_hash: string;
  n: number;
  failed: number;
  p50_ms: number;
  p95_ms: number;
  max_ms: number;
  sum_ms: number;
  /** The mean number of minutes per day. Days of the period before the first recorded day do not count. */
  minutes_a_day: number;
};

/** `since`, `until`: ISO 8601 in UTC. */
export type TimeTable = { since: string; until: string; sessions: number; rows: TimeRow[] };

/**
 * The durations of the given kinds in a time span, by series. The series with the largest sums come first. Percentiles differ from the true
 * percentiles by at most 1 %. If `most` is set, only the `most` largest series are returned, and only their
 * metric `duration_ms`.
 */
export function timesIn(db: Database, span: Span, kinds: readonly Kind[], most?: number): TimeTable {
  const days = daysIn(db, span);
  const own = { kinds, metric: 'duration_ms' };
  const which = most === undefined ? { kinds } : { ...own, of: largestIn('id', span, { ...own, most }) };
  const figures = figuresIn(db, span, which).filter(({ metric }) => isTime(metric));
  const rows = figures.map(
    ({ kind, metric, name, plugin, handler_hash, n, failed, sum, p50, p95, max }): TimeRow => ({
      kind,
      measured: metric === 'call_ms' ? 'call' : 'itself',
      name,
      plugin,
      handler_hash,
      n,
      failed,
      p50_ms: rounded(p50),
      p95_ms: rounded(p95),
      max_ms: rounded(max),
      sum_ms: rounded(sum),
      minutes_a_day: rounded(sum / MINUTE / days),
    }),
  );
  return { ...edges(span), sessions: sessionsIn(db, span), rows };
}

/**
 * The tokens of one model in a time span. `cache_read_share`: the share of input tokens that were read from the cache, from 0 to 1; null
 * without input tokens.
 */
type CacheRow = {
  model: string;
  requests: number;
  input_tokens: number;
  cache_read_tokens: number;
  cache_creation_tokens: number;
  output_tokens: number;
  cache_read_share: number | null;
  cost_usd: number;
};

export type CacheTable = Omit<TimeTable, 'rows'> & { rows: CacheRow[] };

/** The share of input tokens that models read from their cache, by model. */
export function cacheIn(db: Database, span: Span): CacheTable {
  const figures = figuresIn(db, span, { kinds: ['model'] });
  const models = [...new Set(figures.map(({ name }) => name))];
  const rows = models.map((model) =>
    cacheRow(model, (metric) => figures.filter((of) => of.name === model && of.metric === metric)),
  );
  const read = rows.filter((row) => row.cache_read_share !== null);
  return { ...edges(span), sessions: sessionsIn(db, span), rows: read.sort((a, b) => b.cost_usd - a.cost_usd) };
}

function cacheRow(model: string, find: (metric: string) => readonly Figures[]): CacheRow {
  const sum = (metric: string) => find(metric).reduce((all, figures) => all + figures.sum, 0);
  const tokens = {
    input_tokens: sum('input_tokens'),
    cache_read_tokens: sum('cache_read_tokens'),
    cache_creation_tokens: sum('cache_creation_tokens'),
  };
  const all = tokens.input_tokens + tokens.cache_read_tokens + tokens.cache_creation_tokens;
  return {
    model,
    requests: find('input_tokens').reduce((n, figures) => n + figures.n, 0),
    ...tokens,
    output_tokens: sum('output_tokens'),
    cache_read_share: all === 0 ? null : rounded(tokens.cache_read_tokens / all),
    cost_usd: rounded(sum('cost_usd')),
  };
}

const edges = ({ since, until }: Span) => ({
  since: new Date(since).toISOString(),
  until: new Date(until).toISOString(),
});

/** The number of days in the span, without the days before the first recorded event; at least 1. */
function daysIn(db: Database, { since, until }: Span): number {
  const first = firstIn(db);
  return Math.max(1, (until - Math.max(since, first ?? since)) / DAY);
}

/** Rounds to four significant digits, because the values are not more accurate. */
const rounded = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : 0);
