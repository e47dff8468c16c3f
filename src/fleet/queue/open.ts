import type { PgBoss } from 'pg-boss';
import type { World } from '../../core/world.ts';
import { databaseName, loadDriver } from './driver.ts';
import { CHANNEL, listen } from './listen.ts';
import { inTransaction, type Sql, sqlOn } from './sql.ts';
import { ENGINE, haveTables, makeTables, mustHaveTables } from './tables.ts';

/** A fleet that is open: its engine, and its database. */
export type Fleet = {
  boss: PgBoss;
  sql: Sql;
  /** The whole is repeated where the server goes away meanwhile. */
  transaction<T>(act: (sql: Sql) => Promise<T>): Promise<T>;
  /** Hears of queues that got a job and of jobs that changed; null: look, something may have been missed. */
  hear(heard: (what: string | null) => void): void;
  close(): Promise<void>;
};

/** `worker` makes the tables and watches over the leases of all; `client` finds both done. */
export type Part = 'worker' | 'client';

/** How long a server that is away is waited for. */
const PATIENCE_MS = { worker: 24 * 3600_000, client: 300_000, first: 3000 };

/** After which time in the middle of a transaction the server ends it, in ms: a process that is frozen there must not hold up all others. */
const IDLE_MS = 5000;

/** How often leases are looked at, in seconds: one worker of all does it. */
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
  pool.on('error', () => {}); // an idle connection was lost: the next statement makes another
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
  boss.on('error', () => {}); // its rounds come again
  const close = async () => {
    await boss.stop({ graceful: false });
    await Promise.all(listening.map((end) => end()));
    await pool.end();
  };
  try {
    const sql = sqlOn(pool, database, first);
    if (part === 'worker' && !(await haveTables(sql))) {
      // Two first workers at a time: the engine makes its schema without a lock, so that ours is held meanwhile.
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

/** The engine's own statements as part of a transaction. */
export const within = (sql: Sql) => ({
  db: { executeSql: async (text: string, values?: unknown[]) => ({ rows: await sql(text, values ?? []) }) },
});

/** Tells all who listen, once the transaction is through. */
export const tell = (sql: Sql, what: string) => sql('SELECT pg_notify($1, $2)', [CHANNEL, what]);
