import { DAY, HOUR, MINUTE } from '../../../core/time.ts';
import { quantilesOf } from '../../../stats/log-buckets.ts';
import { columnsIn } from '../../store/columns.ts';
import type { Database } from '../../store/driver.ts';
import { newestIn } from '../../store/newest.ts';
import type { Span } from '../../store/read.ts';

/** The figures in the charts, both of clients and of the machine. `_max` is the highest single reading. */
const curves = ['cpu_pct', 'cpu_pct_max', 'rss_mb', 'rss_mb_max', 'read_mb_s', 'write_mb_s', 'load'] as const;
type Curve = (typeof curves)[number];
type Point = { t: number } & Partial<Record<Curve, number>>;

/**
 * The points of the charts in order of time. `piece`: the time that each point covers, in ms. A time without a running client has no point.
 */
type Points = { piece: number; points: Point[] };

/** The highest number of points of a curve, which is more than a screen can show. */
const MOST_POINTS = 500;
/** The longest time span, in ms, for which single minutes are read. A longer span would have too many minutes. */
const LONG = 2 * DAY;
/** The highest number of events of clients and of the machine that are read. */
const MOST_EVENTS = 10_000;

/** The means and the highest readings in a time span, per time step. */
export const resourcePoints = (db: Database, span: Span): Points =>
  span.until - span.since > LONG ? byHours(db, span) : byMinutes(db, span);

/** Computes points from single minutes. The figures of clients that run in the same minute are added up. */
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
 * Computes points from hourly sums. The machine has one event for each minute in which a client runs, so the sums of clients are divided by
 * the number of the machine's events. The highest reading is the highest reading of a single client.
 */
function byHours(db: Database, span: Span): Points {
  const piece = HOUR * Math.ceil((span.until - span.since) / MOST_POINTS / HOUR);
  const found = new Map<number, Point>();
  const minutes = new Map<number, number>();
  // the curve of the machine is read first, because it gives the number of minutes
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
