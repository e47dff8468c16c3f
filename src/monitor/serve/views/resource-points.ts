import { DAY, HOUR, MINUTE } from '../../../core/time.ts';
import { quantilesOf } from '../../../stats/log-buckets.ts';
import { columnsIn } from '../../store/columns.ts';
import type { Database } from '../../store/driver.ts';
import { newestIn } from '../../store/newest.ts';
import type { Span } from '../../store/read.ts';

/**
 * The resource figures that the charts show, one curve for each. `load` is a figure of the machine; the others are figures of the clients.
 * A name that ends in `_max` stands for the highest reading.
 */
const curves = ['cpu_pct', 'cpu_pct_max', 'rss_mb', 'rss_mb_max', 'read_mb_s', 'write_mb_s', 'load'] as const;
type Curve = (typeof curves)[number];
type Point = { t: number } & Partial<Record<Curve, number>>;

/**
 * The points of the charts in order of time. `piece`: the length of time that each point stands for, in ms. Times in which no client ran
 * have no point.
 */
type Points = { piece: number; points: Point[] };

/** A curve has at most this number of points. A screen cannot show more. */
const MOST_POINTS = 500;
/**
 * The longest time span, in ms, for which single minutes are read. For longer time spans, hourly figures are read, because there would be
 * too many minutes.
 */
const LONG = 2 * DAY;
/** At most this number of events are read, including the events of the machine. */
const MOST_EVENTS = 10_000;

/** The means and the highest readings of each time step in a time span. */
export const resourcePoints = (db: Database, span: Span): Points =>
  span.until - span.since > LONG ? byHours(db, span) : byMinutes(db, span);

/** Computes points from single minutes. For each minute, the figures of all clients are added up. */
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
 * Computes points from hourly sums. The mean of a figure is its sum over all minutes and all clients, divided by the number of minutes in
 * which at least one client ran. A figure that ends in `_max` is the highest reading of a single client, not of all clients together.
 */
function byHours(db: Database, span: Span): Points {
  const piece = HOUR * Math.ceil((span.until - span.since) / MOST_POINTS / HOUR);
  const found = new Map<number, Point>();
  const minutes = new Map<number, number>();
  // The machine has one event with `load` for each minute in which a client ran. `load` is read first: the number of its events is
  // the number of minutes, by which the sums of the other figures are divided.
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
