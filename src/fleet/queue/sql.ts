import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../core/clock.ts';
import { failure, isFailure } from '../../core/errors.ts';

/** A row as PostgreSQL gives it; parsed where it is read. */
export type Row = Record<string, unknown>;
/** Runs one statement with its values. */
export type Sql = (text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** How long a server that is away is waited for, and what ends the waiting. */
export type Patience = { clock: Clock; signal: AbortSignal; ms: number };

/** How often a server that is away is tried. */
const AGAIN_MS = 500;

/** Statements of their own, each repeated while the server is away: they must be such that a repetition does no harm. */
export function sqlOn(pool: Pool, database: string, patience: Patience): Sql {
  return (text, values = []) => patiently(database, patience, async () => (await pool.query(text, [...values])).rows);
}

/**
 * Runs `act` in a transaction, which is repeated whole while the server is away. An interrupted COMMIT may have happened: `act` finds out by
 * what it reads.
 */
export function inTransaction<T>(
  pool: Pool,
  database: string,
  patience: Patience,
  act: (sql: Sql) => Promise<T>,
): Promise<T> {
  return patiently(database, patience, async () => {
    const client = await pool.connect();
    client.on('error', lost);
    try {
      await client.query('BEGIN');
      const result = await act(async (text, values = []) => (await client.query(text, [...values])).rows);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      await leave(client, error);
      throw error;
    } finally {
      client.off('error', lost);
    }
  });
}

/** A connection that is lost between two statements: the next one says so. */
const lost = () => {};

/** A connection whose transaction cannot be taken back is of no use to the next. */
async function leave(client: PoolClient, error: unknown): Promise<void> {
  try {
    if (!isAway(error)) await client.query('ROLLBACK');
    client.release(isAway(error));
  } catch {
    client.release(true);
  }
}

/** @throws fleet_unreachable, fleet_denied, interrupted */
async function patiently<T>(database: string, { clock, signal, ms }: Patience, act: () => Promise<T>): Promise<T> {
  const until = clock.ms() + ms;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (isFailure(error)) throw error;
      const reason = (error as Error).message || String((error as NodeJS.ErrnoException).code);
      if (isDenied(error)) throw failure('fleet_denied', { database, reason });
      if (isShut(error)) throw failure('fleet_unreachable', { database, reason });
      if (!isAway(error)) throw error;
      if (signal.aborted) throw failure('interrupted');
      if (clock.ms() > until) throw failure('fleet_unreachable', { database, reason });
    }
    await sleep(AGAIN_MS);
  }
}

const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException | null)?.code ?? '');

/** Rights are missing. */
const isDenied = (error: unknown) => codeOf(error) === '42501';

/** The server refuses this user or has no such database, and will an hour later. */
const isShut = (error: unknown) => /^(?:28...|3D000|ENOTFOUND)$/.test(codeOf(error));

/** The server is not there, goes, or comes; or the way to it broke. */
const isAway = (error: unknown) =>
  /^(?:08...|25P03|57P0[1235]|53300|E(?:CONN(?:REFUSED|RESET)|PIPE|NOENT|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN))$/.test(
    codeOf(error),
  ) ||
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    (error as Error).message,
  );
