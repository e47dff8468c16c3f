import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure, isFailure } from '../../core/errors.ts';
import { makeHome } from '../home.ts';
import { type Database, type Driver, openDatabase } from './driver.ts';
import { APPLICATION, steps } from './schema.ts';

/**
 * Opens the store for writing. A missing store is created; a store with an older schema is migrated. Several processes can open the store
 * at the same time, but only one can write at a time. @throws monitor_no_sqlite, monitor_store_newer, monitor_store_unreadable
 */
export async function openStore(file: string, driver?: Driver): Promise<Database> {
  makeHome(dirname(file));
  return opened(file, driver, (db) => {
    // `auto_vacuum` makes it possible to return freed pages to the disk. The setting takes effect only in an empty database.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = NORMAL');
    migrate(db);
  });
}

/** Opens an existing store for writing. @throws monitor_empty, and the errors of `openStore` */
export async function openExisting(file: string): Promise<Database> {
  if (!existsSync(file)) throw failure('monitor_empty');
  return openStore(file);
}

/** Opens the store for reading. Returns undefined if no store exists. @throws the errors of `openStore` */
export async function openForReading(file: string): Promise<Database | undefined> {
  if (!existsSync(file)) return undefined;
  return opened(file, undefined, (db) => {
    migrate(db);
    db.exec('PRAGMA query_only = ON');
  });
}

async function opened(file: string, driver: Driver | undefined, prepare: (db: Database) => void): Promise<Database> {
  let db: Database | undefined;
  try {
    db = await openDatabase(file, driver);
    db.exec('PRAGMA busy_timeout = 10000');
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    if (isFailure(error)) throw error;
    throw failure('monitor_store_unreadable', { file, reason: (error as Error).message });
  }
}

const numberOf = (db: Database, pragma: string) => Number(Object.values(db.get(`PRAGMA ${pragma}`) ?? {})[0] ?? 0);
const versionOf = (db: Database) => numberOf(db, 'user_version');

/** Applies all missing migrations of the schema in one transaction. */
function migrate(db: Database): void {
  const { file } = db;
  if (versionOf(db) === steps.length && numberOf(db, 'application_id') === APPLICATION) return;
  inTransaction(db, () => {
    const version = versionOf(db);
    if (version > steps.length) throw failure('monitor_store_newer', { file, version, known: steps.length });
    const tables = Number(db.get('SELECT count(*) AS n FROM sqlite_schema')!.n);
    if (tables > 0 && numberOf(db, 'application_id') !== APPLICATION)
      throw failure('monitor_store_unreadable', { file, reason: 'it belongs to another program' });
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`PRAGMA application_id = ${APPLICATION}`);
    db.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** Calls `act` in a write transaction. Only one process at a time can have a write transaction; other processes wait. */
export function inTransaction<Result>(db: Database, act: () => Result): Result {
  try {
    db.exec('BEGIN IMMEDIATE');
    const result = act();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // the rollback fails if SQLite already rolled back, for example because the disk is full
    }
    throw error;
  }
}
