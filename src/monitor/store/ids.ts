import type { MonitorEvent } from '../event.ts';
import type { Database } from './driver.ts';

/**
 * If the store has this number of series, events that would need a further series are stored in one common series for each kind. Without
 * this limit, a program that generates names could create any number of series.
 */
const MOST_SERIES = 20_000;

const OTHERS = '(others)';

/** Ids of series. A key consists of the kind, name, plugin and handler hash. */
export type SeriesIds = Map<string, number>;

/**
 * Returns the id of an event's series. A missing series is created. New ids are added to `fresh`, not to `committed`, because the
 * transaction can still fail.
 */
export function seriesOf(
  db: Database,
  { kind, name, plugin, handler_hash }: MonitorEvent,
  [committed, fresh]: [SeriesIds, SeriesIds],
): number {
  const cells = [kind, name, plugin, handler_hash];
  const key = cells.join('\0');
  const known = committed.get(key) ?? fresh.get(key);
  if (known !== undefined) return known;
  const found = find(db, cells);
  // the id is not cached under the event's own name, because a program can generate any number of names
  if (found === undefined && isFull(db)) return made(db, [kind, OTHERS, '', '']);
  const id = found ?? made(db, cells);
  fresh.set(key, id);
  return id;
}

type Cells = string[];

function find(db: Database, cells: Cells): number | undefined {
  const row = db.get('SELECT id FROM series WHERE kind = ? AND name = ? AND plugin = ? AND handler_hash = ?', ...cells);
  return row && Number(row.id);
}

function made(db: Database, cells: Cells): number {
  db.run('INSERT OR IGNORE INTO series (kind, name, plugin, handler_hash) VALUES (?, ?, ?, ?)', ...cells);
  return find(db, cells)!;
}

const isFull = (db: Database) => Number(db.get('SELECT count(*) AS n FROM series')!.n) >= MOST_SERIES;

/** The sessions of a batch by name. Their times and projects are written once, at the end of the batch. */
export type Sessions = Map<string, { id: number; first: number; last: number; project: string | null }>;

/** Returns the id of an event's session, which is created if the database lacks it. Null if the event names no session. */
export function sessionOf(db: Database, { session, project, t }: MonitorEvent, sessions: Sessions): number | null {
  if (session === null) return null;
  const known = sessions.get(session);
  if (known) {
    known.first = Math.min(known.first, t);
    known.last = Math.max(known.last, t);
    known.project ??= project;
    return known.id;
  }
  db.run('INSERT OR IGNORE INTO session (name, first, last) VALUES (?, ?, ?)', session, t, t);
  const id = Number(db.get('SELECT id FROM session WHERE name = ?', session)!.id);
  sessions.set(session, { id, first: t, last: t, project });
  return id;
}

export function lengthen(db: Database, sessions: Sessions): void {
  for (const { id, first, last, project } of sessions.values())
    db.run(
      'UPDATE session SET first = min(first, ?), last = max(last, ?), project = coalesce(project, ?) WHERE id = ?',
      ...[first, last, project, id],
    );
}
