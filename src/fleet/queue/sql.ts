import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../core/clock.ts';
import { failure, isFailure } from '../../core/errors.ts';

/** A row as PostgreSQL returns it. Its readers parse it. */
export type Row = Record<string, unknown>;
/** Runs one statement with its parameters. */
export type Sql = (text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** How long to wait for a server that does not answer: at most `ms` milliseconds, and only until the signal aborts. */
export type Patience = { clock: Clock; signal: AbortSignal; ms: number };

/** The pause in ms between two tries to reach a server that does not answer. */
const AGAIN_MS = 500;

/**
 * Runs single statements, and repeats a statement while the server does not answer. The caller must use only statements that can be
 * repeated without harm.
 */
export function sqlOn(pool: Pool, database: string, patience: Patience): Sql {
  return (text, values = []) => patiently(database, patience, async () => (await pool.query(text, [...values])).rows);
}

/**
 * Runs `act` in a transaction, and repeats the whole transaction while the server does not answer. An interrupted COMMIT possibly
 * succeeded, so `act` must check first whether its work is done.
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

/** If a connection is lost between two statements, nothing is done yet, because the next statement fails and reports the loss. */
const lost = () => {};

/** Rolls a transaction back. If the rollback fails, the connection is not used again. */
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

/** PostgreSQL's codes for missing rights. */
const isDenied = (error: unknown) => codeOf(error) === '42501';

/** Whether an error is permanent, so that waiting is useless: for example, the server refuses the user, or the database does not exist. */
const isShut = (error: unknown) => /^(?:28...|3D000|ENOTFOUND)$/.test(codeOf(error));

/** Whether waiting can help after an error: the server is absent, stopping or starting, or the connection is broken. */
const isAway = (error: unknown) =>
  /^(?:08...|25P03|57P0[1235]|53300|E(?:CONN(?:REFUSED|RESET)|PIPE|NOENT|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN))$/.test(
    codeOf(error),
  ) ||
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    (error as Error).message,
  );
