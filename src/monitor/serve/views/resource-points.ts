import { DAY, HOUR, MINUTE } from '../../../core/time.ts';
import { quantilesOf } from '../../../stats/log-buckets.ts';
import { columnsIn } from '../../store/columns.ts';
import type { Database } from '../../store/driver.ts';
import { newestIn } from '../../store/newest.ts';
import type { Span } from '../../store/read.ts';

/** The figures in the charts, of clients and of the machine; `_max` is the highest single reading. */
const curves = ['cpu_pct', 'cpu_pct_max', 'rss_mb', 'rss_mb_max', 'read_mb_s', 'write_mb_s', 'load'] as const;
type Curve = (typeof curves)[number];
type Point = { t: number } & Partial<Record<Curve, number>>;

/** `piece`: the time that a point covers, in ms. Points are ordered by time; times without a running client have none. */
type Points = { piece: number; points: Point[] };

/** The most points of a curve, more than a screen can show. */
const MOST_POINTS = 500;
/** For a longer span, single minutes are too many to read. */
const LONG = 2 * DAY;
/** The most events that are read, of clients and of the machine. */
const MOST_EVENTS = 10_000;

/** Means and highest readings of a span, per time step. */
export const resourcePoints = (db: Database, span: Span): Points =>
  span.until - span.since > LONG ? byHours(db, span) : byMinutes(db, span);

/** From single minutes. Clients that run in the same minute are added up. */
function byMinutes(db: Database, span: Span): Points {
  const piece = Math.max(MINUTE, (span.until - span.since) / MOST_POINTS);
  const minutes = new Map<number, Map<string, Record<string, unknown>>>();
  for (const { t, attributes } of newestIn(db, span, 'resource', MOST_EVENTS)) {
    const minute = Math.floor(t / MINUTE) * MINUTE;
    const all = minutes.get(minute) ?? new Map<string, Record<string, unknown>>();
    minutes.set(minute, all.set(String(attributes.client ?? ''), attributes));
  }
  const pieces = new Map<number, Record<string, unknown>[][]>();
  for (const [minute, all] of minutes) {
    const t = Math.floor(minute / piece) * piece;
    pieces.set(t, [...(pieces.get(t) ?? []), [...all.values()]]);
  }
  const points = [...pieces].map(([t, own]): Point => {
    const cells = curves.flatMap((curve): [Curve, number][] => {
      const sums = own.flatMap((all) => sumOf(all.flatMap((attributes) => attributes[curve] ?? [])) ?? []);
      if (sums.length === 0) return [];
      return [[curve, isMax(curve) ? Math.max(...sums) : sumOf(sums)! / sums.length]];
    });
    return { t, ...Object.fromEntries(cells) };
  });
  return { piece, points };
}

/**
 * From roll-ups. The machine has one event for each minute in which a client runs, so the sums of clients are divided by the number of
 * these events. The highest reading is that of one client.
 */
function byHours(db: Database, span: Span): Points {
  const piece = HOUR * Math.ceil((span.until - span.since) / MOST_POINTS / HOUR);
  const found = new Map<number, Point>();
  const minutes = new Map<number, number>();
  // the machine's curve first: it gives the number of minutes
  for (const curve of curves.toReversed())
    for (const { t, n, sum, buckets } of columnsIn(db, span, { kinds: ['resource'], metric: curve, step: piece })) {
      if (curve === 'load') minutes.set(t, n);
      const value = isMax(curve) ? quantilesOf(buckets, [1])[0]! : sum / (minutes.get(t) ?? n);
      found.set(t, { t, ...found.get(t), [curve]: value });
    }
  return { piece, points: [...found.values()].sort((a, b) => a.t - b.t) };
}

const isMax = (curve: Curve) => curve.endsWith('_max');

const sumOf = (values: readonly unknown[]): number | null =>
  values.length === 0 ? null : values.reduce((all: number, value) => all + Number(value), 0);
