import { DAY, midnight } from '../../core/time.ts';
import type { Database } from './driver.ts';
import { drop, type Table } from './dropped.ts';
import { inTransaction } from './open.ts';
import { dropTests } from './tests.ts';

/** How long data is kept. Daily figures have no time limit. They are deleted only if the store is larger than `max_storage_mb`. */
export type Storage = { retention_days: number; hourly_days: number; max_storage_mb: number };

/** The numbers of deleted rows, and the size of the database after the deletion. */
export type Tidied = { events: number; hours: number; days: number; sessions: number; bytes: number };

/**
 * Single events before this time are deleted. The time is a midnight, so either all events of a day are deleted or none. The figures of
 * each kept day can therefore be recomputed.
 */
export const oldestRaw = (now: number, { retention_days }: Storage): number => midnight(now) - retention_days * DAY;

/**
 * Deletes data that is too old. If the database is still too large, deletes events, one day at a time, the oldest day first. If this is not
 * enough, deletes hourly figures and then daily figures, also the oldest first. Data of today is kept.
 */
export function keepWithin(db: Database, storage: Storage, clock: number): Tidied {
  const now = Math.min(clock, believedIn(db) + DAY); // a clock that is wrong by years must not cause the deletion of all data
  const tidied: Tidied = { events: 0, hours: 0, days: 0, sessions: 0, bytes: 0 };
  const most = storage.max_storage_mb * 1024 ** 2;
  dropEvents(db, oldestRaw(now, storage), tidied);
  dropRollups(db, 'rollup_hour', midnight(now) - storage.hourly_days * DAY, tidied);
  giveBack(db);
  for (const step of [dropOldestEvents, dropOldestHours, dropOldestDays])
    while (sizeOf(db) > most && step(db, midnight(now), tidied)) giveBack(db);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  tidied.bytes = sizeOf(db);
  return tidied;
}

const oldestIn = (db: Database, table: Table) => db.get(`SELECT min(t) AS t FROM ${table}`)!.t as number | null;

function dropEvents(db: Database, before: number, tidied: Tidied): void {
  inTransaction(db, () => {
    tidied.events += drop(db, 'event', before);
    dropTests(db, before);
    tidied.sessions += db.run(
      'DELETE FROM session WHERE last < ? AND id NOT IN (SELECT session FROM event WHERE session IS NOT NULL)',
      before,
    );
  });
}

function dropRollups(db: Database, table: 'rollup_hour' | 'rollup_day', before: number, tidied: Tidied): void {
  const rows = inTransaction(db, () => drop(db, table, before));
  tidied[table === 'rollup_hour' ? 'hours' : 'days'] += rows;
}

/**
 * If the clock of the machine is wrong, recorded days can lie in the future. After a gap of more than `LONG_PAUSE` days, later days are
 * therefore trusted only when at least `SHOWN_BY` of them have figures.
 */
const LONG_PAUSE = 30;
const SHOWN_BY = 3;

/** The newest recorded day; Infinity in an empty store. Ignores one or two days that are far later than all other days. */
function believedIn(db: Database): number {
  const newest = db
    .all('SELECT DISTINCT t FROM rollup_day ORDER BY t DESC LIMIT ?', SHOWN_BY)
    .map(({ t }) => Number(t));
  const before = newest.find((t, i) => i > 0 && newest[i - 1]! - t > LONG_PAUSE * DAY);
  return before ?? newest[0] ?? Infinity;
}

/** Deletes the oldest day of events. Returns false if no event is older than today. */
function dropOldestEvents(db: Database, today: number, tidied: Tidied): boolean {
  const oldest = oldestIn(db, 'event');
  if (oldest === null || oldest >= today) return false;
  dropEvents(db, midnight(oldest) + DAY, tidied);
  return true;
}

function dropOldestHours(db: Database, today: number, tidied: Tidied): boolean {
  const oldest = oldestIn(db, 'rollup_hour');
  if (oldest === null || oldest >= today) return false;
  dropRollups(db, 'rollup_hour', midnight(oldest) + DAY, tidied);
  return true;
}

function dropOldestDays(db: Database, today: number, tidied: Tidied): boolean {
  const oldest = oldestIn(db, 'rollup_day');
  if (oldest === null || oldest >= today) return false;
  dropRollups(db, 'rollup_day', oldest + DAY, tidied);
  return true;
}

/** The size of the database in bytes, without free pages. */
export function sizeOf(db: Database): number {
  const pragma = (name: string) => Number(Object.values(db.get(`PRAGMA ${name}`)!)[0]);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

/** Makes the file of the database smaller by its free pages. */
const giveBack = (db: Database) => void db.all('PRAGMA incremental_vacuum');
