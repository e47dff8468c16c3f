import { DAY, HOUR, MINUTE } from '../../../core/time.ts';
import { quantilesOf } from '../../../stats/log-buckets.ts';
import { columnsIn } from '../../store/columns.ts';
import type { Database } from '../../store/driver.ts';
import { newestIn } from '../../store/newest.ts';
import type { Span } from '../../store/read.ts';

/** What the curves show: of clients, and of the machine; `_max` is the highest single look. */
const curves = ['cpu_pct', 'cpu_pct_max', 'rss_mb', 'rss_mb_max', 'read_mb_s', 'write_mb_s', 'load'] as const;
type Curve = (typeof curves)[number];
type Point = { t: number } & Partial<Record<Curve, number>>;

/** `piece`: how much time a point stands for, in ms. Points are ordered by time; where no client lived there are none. */
type Points = { piece: number; points: Point[] };

/** Points of a curve: more than a screen has room for. */
const MOST_POINTS = 500;
/** In a longer span, minutes are too many to be read one by one. */
const LONG = 2 * DAY;
/** Minutes that are read at most, of clients and of the machine. */
const MOST_EVENTS = 10_000;

/** Means of pieces of a span, and their highest looks. */
export const resourcePoints = (db: Database, span: Span): Points =>
  span.until - span.since > LONG ? byHours(db, span) : byMinutes(db, span);

/** Of several clients that live in one minute the sums. */
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

/** From roll-ups. The machine has an event in each minute in which a client lives: over these minutes clients are added up. The highest look is of one client. */
function byHours(db: Database, span: Span): Points {
  const piece = HOUR * Math.ceil((span.until - span.since) / MOST_POINTS / HOUR);
  const found = new Map<number, Point>();
  const minutes = new Map<number, number>();
  // the machine's first: it tells the minutes
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
