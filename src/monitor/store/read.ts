import { DAY, dayName, HOUR, midnight } from '../../core/time.ts';
import { type Buckets, decode, quantilesIn, quantilesOf } from '../../stats/log-buckets.ts';
import type { Kind } from '../event.ts';
import type { Database, Query } from './driver.ts';

/** The figures of one metric of one series in a time span. Times are in ms since 1970. */
export type Figures = {
  kind: Kind;
  name: string;
  plugin: string;
  handler_hash: string;
  metric: string;
  n: number;
  failed: number;
  sum: number;
  p50: number;
  p95: number;
  max: number;
};

/**
 * A time span in ms since 1970. The moment `until` is not part of the span. Figures from hourly sums also include the rest of the first
 * hour (UTC) and of the last hour.
 */
export type Span = { since: number; until: number };

/**
 * Selects the figures to read. By default, all figures are read. `of`: a query for the ids of series. `together`: whether all versions of a
 * handler count as one series.
 */
export type Which = { kinds?: readonly Kind[]; metric?: string; of?: Query; together?: boolean };

/** The figures of each series and metric in a time span, the largest sum first. */
export function figuresIn(db: Database, span: Span, which: Which = {}): Figures[] {
  type Sum = Omit<Figures, 'p50' | 'p95' | 'max'> & { buckets: Buckets };
  const sums = new Map<string, Sum>();
  for (const { id, t: _, n, failed, sum, buckets, ...row } of piecesOf(span).flatMap((piece) =>
    rowsIn(db, piece, which),
  )) {
    const of = which.together ? [row.kind, row.name, row.plugin].join('\0') : id;
    const key = `${of} ${row.metric}`;
    const before = sums.get(key) ?? { ...(row as unknown as Sum), n: 0, failed: 0, sum: 0, buckets: new Map() };
    before.n += Number(n);
    before.failed += Number(failed);
    before.sum += Number(sum);
    decode(buckets as Uint8Array, before.buckets);
    sums.set(key, before);
  }
  return [...sums.values()]
    .map(({ buckets, ...figures }) => ({ ...figures, ...percentiles(quantilesOf(buckets, SHARES)) }))
    .sort((a, b) => b.sum - a.sum);
}

type Piece = Span & { table: 'rollup_hour' | 'rollup_day' };

/**
 * Divides a time span into three pieces: the hours before the first midnight, the whole days, and the hours after the last midnight. Whole
 * days are read from daily figures, so that few rows are read even for a long span. A span without a whole day is a single piece.
 */
function piecesOf({ since, until }: Span): Piece[] {
  const from = Math.floor(since / HOUR) * HOUR;
  const firstDay = Math.ceil(from / DAY) * DAY;
  const lastDay = midnight(until);
  if (firstDay >= lastDay) return [{ table: 'rollup_hour', since: from, until }];
  return [
    { table: 'rollup_hour', since: from, until: firstDay },
    { table: 'rollup_day', since: firstDay, until: lastDay },
    { table: 'rollup_hour', since: lastDay, until },
  ];
}

function rowsIn(db: Database, { table, since, until }: Piece, { kinds, metric, of }: Which) {
  return db.all(
    `SELECT s.id, s.kind, s.name, s.plugin, s.handler_hash, r.metric, r.t, r.n, r.failed, r.sum, r.buckets
     FROM ${table} r JOIN series s ON s.id = r.series WHERE r.t >= ? AND r.t < ?
     ${kinds ? `AND s.kind IN (${kinds.map(() => '?').join(', ')})` : ''} ${metric === undefined ? '' : 'AND r.metric = ?'}
     ${of ? `AND s.id IN (${of.sql})` : ''}`,
    ...[since, until, ...(kinds ?? []), ...(metric === undefined ? [] : [metric]), ...(of?.values ?? [])],
  );
}

/**
 * The numbers of events, series and sessions in the store. `first` and `last` are the times of the first and the last event, in ms since
 * 1970. Both are null if the store has no events.
 */
export type Holdings = { events: number; series: number; sessions: number; first: number | null; last: number | null };

export function holdingsOf(db: Database): Holdings {
  const count = (table: string) => Number(db.get(`SELECT count(*) AS n FROM ${table}`)!.n);
  const { first, last } = db.get('SELECT min(t) AS first, max(t) AS last FROM event')!;
  return {
    events: count('event'),
    series: count('series'),
    sessions: count('session'),
    first: first as number | null,
    last: last as number | null,
  };
}

/** The number of sessions that were active in a time span. */
export const sessionsIn = (db: Database, { since, until }: Span): number =>
  Number(db.get('SELECT count(*) AS n FROM session WHERE last >= ? AND first < ?', since, until)!.n);

/** The folders of projects with a session at or after `since`. The project with the latest session comes first. */
export const projectsIn = (db: Database, since: number): string[] =>
  db
    .all(
      'SELECT project FROM session WHERE project IS NOT NULL AND last >= ? GROUP BY project ORDER BY max(last) DESC',
      since,
    )
    .map(({ project }) => String(project));

/** The first recorded day in ms since 1970; null in an empty store. */
export const firstIn = (db: Database): number | null =>
  db.get('SELECT min(t) AS t FROM rollup_day')!.t as number | null;

/** The figures of one metric of one series on one day (UTC). `day` has the form `2026-11-30`. */
export type DayFigures = Figures & { day: string };

/** The figures of each day of a time span, the oldest first. */
export function daysIn(db: Database, { since, until }: Span, which: Which = {}): DayFigures[] {
  const piece: Piece = { table: 'rollup_day', since: midnight(since), until };
  const rows = rowsIn(db, piece, which).sort((a, b) => Number(a.t) - Number(b.t) || Number(a.id) - Number(b.id));
  const names = new Map<number, string>();
  const dayOf = (t: number) => {
    const day = names.get(t) ?? dayName(t);
    names.set(t, day);
    return day;
  };
  return rows.map(({ id: _, t, buckets, ...row }) => ({
    day: dayOf(Number(t)),
    ...(row as unknown as Omit<Figures, 'p50' | 'p95' | 'max'>),
    ...percentiles(quantilesIn(buckets as Uint8Array, SHARES)),
  }));
}

const SHARES = [0.5, 0.95, 1];

const percentiles = ([p50, p95, max]: number[]) => ({ p50: p50!, p95: p95!, max: max! });
