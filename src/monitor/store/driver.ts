import { failure } from '../../core/errors.ts';

/** The value of a cell. With both drivers, a blob is a `Uint8Array`. */
export type Cell = number | string | null | Uint8Array;
export type Row = Record<string, Cell>;

/** A part of an SQL statement, and the values of its placeholders. */
export type Query = { sql: string; values: Cell[] };

/** An open database. Each SQL text is compiled only once. */
export type Database = {
  driver: Driver;
  file: string;
  /** Executes several statements without placeholders. */
  exec(sql: string): void;
  /** Executes a statement and returns the number of changed rows. */
  run(sql: string, ...values: Cell[]): number;
  all(sql: string, ...values: Cell[]): Row[];
  get(sql: string, ...values: Cell[]): Row | undefined;
  close(): void;
};

/** The driver for SQLite databases: the module of Node, or a package for versions of Node that lack a usable module. */
export type Driver = 'node:sqlite' | 'libsql';

/** The functions that both drivers have. */
type Statement = {
  run(...values: Cell[]): { changes: number | bigint };
  all(...values: Cell[]): unknown[];
};
type Opened = { exec(sql: string): unknown; prepare(sql: string): Statement; close(): unknown };
type Opens = new (file: string) => Opened;

/** Selects the driver for a version of Node. In Node 22.13 and later, the built-in SQLite needs no flag, so it is used. */
export function driverFor(version: string): Driver {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13) ? 'node:sqlite' : 'libsql';
}

/** Opens a database. If SQLite reports an error, the functions of the database throw monitor_store_unreadable. @throws monitor_no_sqlite */
export async function openDatabase(file: string, driver: Driver = driverFor(process.versions.node)): Promise<Database> {
  const Opener = await load(driver);
  const opened = new Opener(file);
  const statements = new Map<string, Statement>();
  const prepared = (sql: string) => {
    const known = statements.get(sql) ?? opened.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const done = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      throw isSqlite(error) ? failure('monitor_store_unreadable', { file, reason: error.message }) : error;
    }
  };
  const all = (sql: string, ...values: Cell[]) => done(() => (prepared(sql).all(...values) as Row[]).map(plain));
  return {
    driver,
    file,
    exec: (sql) => void done(() => opened.exec(sql)),
    run: (sql, ...values) => done(() => Number(prepared(sql).run(...values).changes)),
    all,
    // `get` of the drivers is not used, because `get` of libsql adds a key to the row
    get: (sql, ...values) => all(sql, ...values)[0],
    close: () => void opened.close(),
  };
}

/**
 * Whether an error comes from SQLite, for example because the disk is full or the store is locked. The error codes of the two drivers begin
 * differently.
 */
const isSqlite = (error: unknown): error is Error =>
  error instanceof Error && /^(ERR_)?SQLITE/.test(String((error as NodeJS.ErrnoException).code));

async function load(driver: Driver): Promise<Opens> {
  try {
    if (driver === 'libsql') return (await import('libsql')).default as unknown as Opens;
    return (await import('node:sqlite')).DatabaseSync;
  } catch (error) {
    throw failure('monitor_no_sqlite', { node: process.versions.node, reason: (error as Error).message });
  }
}

/** Converts the blobs of a row to `Uint8Array`, because libsql returns them as `ArrayBuffer`. */
function plain(row: Row): Row {
  for (const key in row) if ((row[key] as unknown) instanceof ArrayBuffer) row[key] = new Uint8Array(row[key] as never);
  return row;
}
