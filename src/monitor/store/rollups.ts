import { DAY, HOUR, midnight } from '../../core/time.ts';
import { addTo, type Buckets, bucketOf, decode, encode, merge } from '../../stats/log-buckets.ts';
import { type Figured, figuresOf } from '../event.ts';
import { unpacked } from './attributes.ts';
import type { Database } from './driver.ts';
import { wholeSince } from './dropped.ts';

const hourOf = (t: number) => Math.floor(t / HOUR) * HOUR;

/** The figures of one metric of one series in one hour or day. */
type Rollup = { n: number; failed: number; sum: number; buckets: Buckets };

/** The key of a roll-up. `t`: the start of the hour or day. */
type Place = [series: number, metric: string, t: number];

/**
 * The effect of a batch on the roll-ups, which are figures per hour and day. `grown`: figures of new events, which are added to hours.
 * `spoilt`: hours in which stored events were replaced, so that the hours must be recomputed.
 */
export type Change = {
  grown: Map<string, { place: Place; rollup: Rollup }>;
  spoilt: Map<string, { series: number; hour: number }>;
};

/** Adds the figures of a new event to `grown`. */
export function count({ grown }: Pick<Change, 'grown'>, series: number, event: Figured): void {
  for (const [metric, value] of figuresOf(event)) {
    const place: Place = [series, metric, hourOf(event.t)];
    const key = place.join(' ');
    const before = grown.get(key) ?? { place, rollup: { n: 0, failed: 0, sum: 0, buckets: new Map() } };
    before.rollup.n++;
    before.rollup.sum += value;
    if (event.ok === false) before.rollup.failed++;
    addTo(before.rollup.buckets, bucketOf(value));
    grown.set(key, before);
  }
}

/** Marks an hour of a series to be recomputed, because an event in this hour was replaced. */
export function recount({ spoilt }: Change, series: number, t: number): void {
  spoilt.set(`${series} ${hourOf(t)}`, { series, hour: hourOf(t) });
}

/** A cache of the buckets in the database. A key consists of the name of the table, the series, the metric and the time. */
export type Known = Map<string, Buckets>;

/**
 * Updates the roll-ups, which are figures per hour and day. Must be called in the transaction that writes the events. Reads and updates the
 * cache `known`.
 */
export function write(db: Database, { grown, spoilt }: Change, known: Known): void {
  const whole = wholeSince(db, 'rollup_hour');
  // hours before `whole` were deleted, so their days cannot be recomputed from hours
  for (const [key, { hour }] of spoilt) if (hour < whole) spoilt.delete(key);
  for (const { place, rollup } of grown.values()) {
    const [series, metric, hour] = place;
    if (spoilt.has(`${series} ${hour}`)) continue;
    grow(db, ['rollup_hour', ...place], rollup, known);
    grow(db, ['rollup_day', series, metric, midnight(hour)], rollup, known);
  }
  if (spoilt.size > 0) known.clear();
  for (const { series, hour } of spoilt.values()) countAgain(db, series, hour);
}

type Table = 'rollup_hour' | 'rollup_day';

function grow(db: Database, row: [Table, ...Place], by: Rollup, known: Known): void {
  const [table, ...place] = row;
  const key = row.join(' ');
  const buckets = known.get(key) ?? read(db, table, place);
  merge(buckets, by.buckets);
  known.set(key, buckets);
  db.run(
    `INSERT INTO ${table} (series, metric, t, n, failed, sum, buckets) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     n = n + excluded.n, failed = failed + excluded.failed, sum = sum + excluded.sum, buckets = excluded.buckets`,
    ...[...place, by.n, by.failed, by.sum, encode(buckets)],
  );
}

function read(db: Database, table: Table, place: Place): Buckets {
  const row = db.get(`SELECT buckets FROM ${table} WHERE series = ? AND metric = ? AND t = ?`, ...place);
  return row ? decode(row.buckets as Uint8Array) : new Map();
}

/** Recomputes the figures of an hour from its events. Then recomputes the figures of the day from its hours. */
function countAgain(db: Database, series: number, hour: number): void {
  const events = db.all(
    `SELECT kind, e.t, duration_ms, ok, attributes FROM event e JOIN series ON series.id = e.series
     WHERE e.series = ? AND e.t >= ? AND e.t < ?`,
    ...[series, hour, hour + HOUR],
  );
  const grown: Change['grown'] = new Map();
  for (const { attributes, ok, ...rest } of events) {
    const event = { ...rest, ok: ok === null ? null : ok === 1, attributes: unpacked(attributes!) };
    count({ grown }, series, event as Figured);
  }
  db.run('DELETE FROM rollup_hour WHERE series = ? AND t = ?', series, hour);
  for (const { place, rollup } of grown.values()) grow(db, ['rollup_hour', ...place], rollup, new Map());
  const day = midnight(hour);
  const hours = db.all('SELECT * FROM rollup_hour WHERE series = ? AND t >= ? AND t < ?', series, day, day + DAY);
  db.run('DELETE FROM rollup_day WHERE series = ? AND t = ?', series, day);
  for (const { metric, n, failed, sum, buckets } of hours) {
    const hourly = { n: Number(n), failed: Number(failed), sum: Number(sum), buckets: decode(buckets as Uint8Array) };
    grow(db, ['rollup_day', series, String(metric), day], hourly, new Map());
  }
}
