import type { PgBoss } from 'pg-boss';
import type { World } from '../../core/world.ts';
import { databaseName, loadDriver } from './driver.ts';
import { CHANNEL, listen } from './listen.ts';
import { inTransaction, type Sql, sqlOn } from './sql.ts';
import { ENGINE, haveTables, makeTables, mustHaveTables } from './tables.ts';

/** An open fleet: the job queue (pg-boss) and the database. */
export type Fleet = {
  boss: PgBoss;
  sql: Sql;
  /** Runs `act` in a transaction. If the connection to the server is lost, runs `act` again from the start. */
  transaction<T>(act: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Calls `heard` with the name of a queue that got a job, or with the id of a job that changed. If a message was possibly missed, calls
   * `heard` with null.
   */
  hear(heard: (what: string | null) => void): void;
  close(): Promise<void>;
};

/** A `worker` process creates the tables of the database and checks the leases of all jobs. A `client` process does neither. */
export type Part = 'worker' | 'client';

/** The longest time in ms that a command waits for a server that does not answer. */
const PATIENCE_MS = { worker: 24 * 3600_000, client: 300_000, first: 3000 };

/** The idle time in ms after which the server ends a transaction. Without this limit, a frozen process could block all other processes. */
const IDLE_MS = 5000;

/** The interval in seconds at which one of the workers checks the leases. */
const WATCH_S = 5;

/** @throws fleet_no_engine, fleet_unreachable, fleet_denied, fleet_not_set_up, fleet_newer */
export async function openFleet(url: string, part: Part, world: Pick<World, 'clock' | 'signal'>): Promise<Fleet> {
  const driver = await loadDriver();
  const database = databaseName(url);
  const pool = new driver.pg.Pool({
    connectionString: url,
    max: 4,
    keepAlive: true,
    idle_in_transaction_session_timeout: IDLE_MS,
    application_name: `perf-gate ${part}`,
  });
  pool.on('error', () => {}); // if an idle connection is lost, the next statement opens a new connection
  const patience = (ms: number) => ({ clock: world.clock, signal: world.signal, ms });
  const first = patience(PATIENCE_MS.first);
  const listening: (() => Promise<void>)[] = [];
  const boss = new driver.PgBoss({
    db: { executeSql: async (text, values) => pool.query(text, values as unknown[]) },
    schema: ENGINE,
    schedule: false,
    migrate: part === 'worker',
    supervise: part === 'worker',
    superviseIntervalSeconds: WATCH_S,
    monitorIntervalSeconds: WATCH_S,
  });
  boss.on('error', () => {}); // ignores an error of pg-boss's periodic work, because pg-boss repeats this work
  const close = async () => {
    await boss.stop({ graceful: false });
    await Promise.all(listening.map((end) => end()));
    await pool.end();
  };
  try {
    const sql = sqlOn(pool, database, first);
    if (part === 'worker' && !(await haveTables(sql))) {
      // pg-boss creates its schema without a lock, so it starts while `makeTables` holds perf-gate's lock. Two workers therefore cannot
      // create the schema at the same time.
      await inTransaction(pool, database, first, async (own) => {
        await makeTables(own);
        await boss.start();
      });
    }
    await mustHaveTables(sql, database);
    await boss.start();
  } catch (error) {
    await close();
    throw error;
  }
  const lasting = patience(PATIENCE_MS[part]);
  return {
    boss,
    sql: sqlOn(pool, database, lasting),
    transaction: (act) => inTransaction(pool, database, lasting, act),
    hear: (heard) => void listening.push(listen(driver, url, heard)),
    close,
  };
}

/** Makes the statements of pg-boss part of a transaction. */
export const within = (sql: Sql) => ({
  db: { executeSql: async (text: string, values?: unknown[]) => ({ rows: await sql(text, values ?? []) }) },
});

/** Notifies all listeners when the transaction commits. */
export const tell = (sql: Sql, what: string) => sql('SELECT pg_notify($1, $2)', [CHANNEL, what]);
