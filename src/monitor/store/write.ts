import { createHash } from 'node:crypto';
import { addTo, type Buckets, bucketOf, decode, encode, merge } from '../../stats/log-buckets.ts';
import { figuresOf, type MonitorEvent, type Source, sources } from '../event.ts';
import { packed, unpacked } from './attributes.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

/** What became of events: new ones, better tellings of known ones, known ones, and those that are too old to be kept. */
export type Added = { added: number; improved: number; known: number; too_old: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** More kinds of things than anybody has. What comes beyond, as from a program that makes up names, shares one series for each kind. */
const MOST_SERIES = 20_000;

/** The figures of one series, metric and hour. */
type Rollup = { n: number; failed: number; sum: number; buckets: Buckets };

/** Writes to one database. Ids are remembered once they are committed; nothing removes a series. */
export type Writer = {
  /** `oldest`: milliseconds since 1970; what happened before is not kept. On disk when it returns. */
  add(events: readonly MonitorEvent[], oldest: number): Added;
};

export function writerOf(db: Database, { compress }: { compress: boolean }): Writer {
  const seriesIds = new Map<string, number>();
  return {
    add(events, oldest) {
      const fresh = new Map<string, number>();
      const idOf = (event: MonitorEvent) => seriesOf(db, event, [seriesIds, fresh]);
      const added = inTransaction(db, () => addAll(db, { events, oldest, idOf, compress }));
      for (const [key, id] of fresh) seriesIds.set(key, id);
      return added;
    },
  };
}

type Adding = {
  events: readonly MonitorEvent[];
  oldest: number;
  idOf: (event: MonitorEvent) => number;
  compress: boolean;
};

function addAll(db: Database, { events, oldest, idOf, compress }: Adding): Added {
  const added: Added = { added: 0, improved: 0, known: 0, too_old: 0 };
  const grown = new Map<string, Rollup>();
  const spoilt = new Set<string>();
  const sessions = new Map<string, number>();
  for (const event of events) {
    if (event.t < oldest) {
      added.too_old++;
      continue;
    }
    const series = idOf(event);
    const session = sessionOf(db, event, sessions);
    const cells = cellsOf(event, { series, session, compress });
    const key = keyOf(event);
    if (db.run(INSERT, key, ...cells) > 0) {
      added.added++;
      note(grown, series, event);
      continue;
    }
    const known = db.get('SELECT series, t, source FROM event WHERE key = ?', key)!;
    if ((sources[known.source as Source] ?? 0) >= sources[event.source]) {
      added.known++;
      continue;
    }
    db.run(REPLACE, ...cells, key);
    added.improved++;
    spoilt.add(`${known.series} ${hourOf(Number(known.t))}`);
    spoilt.add(`${series} ${hourOf(event.t)}`);
  }
  for (const [place, rollup] of grown) {
    const [series, hour, metric] = placeOf(place);
    if (spoilt.has(`${series} ${hour}`)) continue;
    grow(db, 'rollup_hour', [series, metric, hour], rollup);
    grow(db, 'rollup_day', [series, metric, dayOf(hour)], rollup);
  }
  for (const place of spoilt) recount(db, placeOf(place));
  return added;
}

const COLUMNS = ['t', 'series', 'duration_ms', 'ok', 'session', 'prompt', 'source', 'attributes'];
const INSERT = `INSERT INTO event (key, ${COLUMNS.join(', ')}) VALUES (?, ${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT (key) DO NOTHING`;
const REPLACE = `UPDATE event SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE key = ?`;

type Ids = { series: number; session: number | null; compress: boolean };

function cellsOf(event: MonitorEvent, { series, session, compress }: Ids) {
  const { t, duration_ms, ok, prompt, source, attributes } = event;
  return [
    t,
    series,
    duration_ms,
    ok === null ? null : Number(ok),
    session,
    prompt,
    source,
    packed(attributes, compress),
  ];
}

/** 52 bits, which a number holds. Two of ten million events share one with a probability of 1 %; then one of the two is lost. */
const keyOf = ({ kind, identity }: MonitorEvent): number =>
  Number.parseInt(createHash('sha256').update(`${kind} ${identity}`).digest('hex').slice(0, 13), 16);

const hourOf = (t: number) => Math.floor(t / HOUR) * HOUR;
const dayOf = (t: number) => Math.floor(t / DAY) * DAY;

function placeOf(place: string): [series: number, hour: number, metric: string] {
  const [series, hour, metric = ''] = place.split(' ');
  return [Number(series), Number(hour), metric];
}

function seriesOf(db: Database, event: MonitorEvent, [committed, fresh]: [Map<string, number>, Map<string, number>]) {
  const { kind, name, plugin, handler_hash } = event;
  const key = [kind, name, plugin, handler_hash].join('\n');
  const known = committed.get(key) ?? fresh.get(key);
  if (known !== undefined) return known;
  const find = () =>
    db.get('SELECT id FROM series WHERE kind = ? AND name = ? AND plugin = ? AND handler_hash = ?', ...key.split('\n'));
  const make = (...cells: string[]) =>
    db.run('INSERT OR IGNORE INTO series (kind, name, plugin, handler_hash) VALUES (?, ?, ?, ?)', ...cells);
  let found = find();
  if (!found) {
    const full = Number(db.get('SELECT count(*) AS n FROM series')!.n) >= MOST_SERIES;
    if (full && name !== OTHERS)
      return seriesOf(db, { ...event, name: OTHERS, plugin: '', handler_hash: '' }, [committed, fresh]);
    make(kind, name, plugin, handler_hash);
    found = find()!;
  }
  fresh.set(key, Number(found.id));
  return Number(found.id);
}

const OTHERS = '(others)';

/** The id of an event's session, which it may begin, lengthen, or tell the project of. */
function sessionOf(db: Database, { session, project, t }: MonitorEvent, seen: Map<string, number>): number | null {
  if (session === null) return null;
  db.run(
    `INSERT INTO session (name, project, first, last) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
     project = coalesce(project, excluded.project), first = min(first, excluded.first), last = max(last, excluded.last)`,
    session,
    project,
    t,
    t,
  );
  const id = seen.get(session) ?? Number(db.get('SELECT id FROM session WHERE name = ?', session)!.id);
  seen.set(session, id);
  return id;
}

function note(rollups: Map<string, Rollup>, series: number, event: MonitorEvent): void {
  for (const [metric, value] of figuresOf(event)) {
    const place = `${series} ${hourOf(event.t)} ${metric}`;
    const rollup = rollups.get(place) ?? { n: 0, failed: 0, sum: 0, buckets: new Map() };
    rollup.n++;
    rollup.sum += value;
    if (event.ok === false) rollup.failed++;
    addTo(rollup.buckets, bucketOf(value));
    rollups.set(place, rollup);
  }
}

type Table = 'rollup_hour' | 'rollup_day';
type Place = [series: number, metric: string, t: number];

function grow(db: Database, table: Table, place: Place, by: Rollup): void {
  const before = db.get(`SELECT buckets FROM ${table} WHERE series = ? AND metric = ? AND t = ?`, ...place);
  const buckets: Buckets = before ? decode(before.buckets as Uint8Array) : new Map();
  merge(buckets, by.buckets);
  db.run(
    `INSERT INTO ${table} (series, metric, t, n, failed, sum, buckets) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     n = n + excluded.n, failed = failed + excluded.failed, sum = sum + excluded.sum, buckets = excluded.buckets`,
    ...[...place, by.n, by.failed, by.sum, encode(buckets)],
  );
}

/** Counts an hour of a series again from its events, and its day from its hours. */
function recount(db: Database, [series, hour]: [series: number, hour: number, metric: string]): void {
  const rows = db.all(
    `SELECT kind, e.t, duration_ms, ok, attributes FROM event e JOIN series ON series.id = e.series
     WHERE e.series = ? AND e.t >= ? AND e.t < ?`,
    ...[series, hour, hour + HOUR],
  );
  const rollups = new Map<string, Rollup>();
  for (const { attributes, ok, ...row } of rows)
    note(rollups, series, {
      ...row,
      ok: ok === null ? null : ok === 1,
      attributes: unpacked(attributes!),
    } as unknown as MonitorEvent);
  const day = dayOf(hour);
  db.run('DELETE FROM rollup_hour WHERE series = ? AND t = ?', series, hour);
  for (const [place, rollup] of rollups) grow(db, 'rollup_hour', [series, placeOf(place)[2], hour], rollup);
  db.run('DELETE FROM rollup_day WHERE series = ? AND t = ?', series, day);
  const hours = db.all('SELECT * FROM rollup_hour WHERE series = ? AND t >= ? AND t < ?', series, day, day + DAY);
  for (const { metric, n, failed, sum, buckets } of hours)
    grow(db, 'rollup_day', [series, String(metric), day], {
      n: Number(n),
      failed: Number(failed),
      sum: Number(sum),
      buckets: decode(buckets as Uint8Array),
    });
}
