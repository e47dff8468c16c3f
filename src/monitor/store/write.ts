import { hash } from 'node:crypto';
import { type MonitorEvent, type Source, sources } from '../event.ts';
import { packed } from './attributes.ts';
import { batchesOf } from './batches.ts';
import type { Database } from './driver.ts';
import { wholeSince } from './dropped.ts';
import { lengthen, type SeriesIds, type Sessions, seriesOf, sessionOf } from './ids.ts';
import { type Change, count, type Known, recount, write } from './rollups.ts';
import { countTest } from './tests.ts';

/**
 * The numbers of events by outcome. `added`: new events. `improved`: events that replaced the same event from a worse source. `known`:
 * events that were already stored. `too_old`: events that were not stored because of their age.
 */
export type Added = { added: number; improved: number; known: number; too_old: number };

/** Writes events to one database. The ids of series are cached; a cached id stays valid, because series are never deleted. */
export type Writer = {
  /**
   * Adds events in one transaction, which is committed when the function returns. Events before `oldest` (ms since 1970) are not stored.
   * Events of deleted days are not stored either, because nothing shows whether they were counted before.
   */
  add(events: readonly MonitorEvent[], oldest: number): Added;
};

type Writing = {
  compress: boolean;
  /** Called after each batch with the new and improved events. */
  stored?: (events: readonly MonitorEvent[]) => void;
};

export function writerOf(db: Database, { compress, stored }: Writing): Writer {
  const seriesIds: SeriesIds = new Map();
  const inBatch = batchesOf(db);
  return {
    add(events, oldest) {
      const fresh: SeriesIds = new Map();
      const idOf = (event: MonitorEvent) => seriesOf(db, event, [seriesIds, fresh]);
      const written: MonitorEvent[] = [];
      const added = inBatch((rollups) => addAll(db, { events, oldest, idOf, compress, written, rollups }));
      for (const [key, id] of fresh) seriesIds.set(key, id);
      if (written.length > 0) stored?.(written);
      return added;
    },
  };
}

type Adding = {
  events: readonly MonitorEvent[];
  oldest: number;
  idOf: (event: MonitorEvent) => number;
  compress: boolean;
  /** The function appends each written event to this list. */
  written: MonitorEvent[];
  rollups: Known;
};

function addAll(db: Database, { events, oldest, idOf, compress, written, rollups }: Adding): Added {
  const added: Added = { added: 0, improved: 0, known: 0, too_old: 0 };
  const change: Change = { grown: new Map(), spoilt: new Map() };
  const sessions: Sessions = new Map();
  const from = Math.max(oldest, wholeSince(db, 'event'));
  for (const event of events) {
    if (event.t < from) {
      added.too_old++;
      continue;
    }
    const series = idOf(event);
    const session = sessionOf(db, event, sessions);
    const cells = cellsOf(event, { series, session, compress });
    const key = keyOf(event);
    if (db.run(INSERT, key, ...cells) > 0) {
      added.added++;
      written.push(event);
      count(change, series, event);
      if (event.kind === 'test' && event.attributes.what === 'case') countTest(db, event);
      continue;
    }
    const known = db.get('SELECT series, t, source FROM event WHERE key = ?', key)!;
    if ((sources[known.source as Source] ?? 0) >= sources[event.source]) {
      added.known++;
      continue;
    }
    db.run(REPLACE, ...cells, key);
    added.improved++;
    written.push(event);
    recount(change, Number(known.series), Number(known.t));
    recount(change, series, event.t);
  }
  lengthen(db, sessions);
  write(db, change, rollups);
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

/**
 * The key of an event: 52 bits of a hash, which fit into a number. Two different events with equal keys would be stored as one event. Among
 * ten million events, the probability of such a pair is 1 %.
 */
const keyOf = ({ kind, identity }: MonitorEvent): number =>
  Number.parseInt(hash('sha256', `${kind} ${identity}`, 'hex').slice(0, 13), 16);
