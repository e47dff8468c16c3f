import { failure } from '../../core/errors.ts';
import type { Sql } from './sql.ts';

/** The PostgreSQL schema that contains pg-boss's tables. perf-gate's own tables are in the schema `perf_gate`. */
export const ENGINE = 'perf_gate_jobs';

/** The version of perf-gate's tables. */
const VERSION = 1;

/** The tables of pg-boss contain the jobs. `token` is the number of an attempt at a job, from 0. All times are the server's. */
const tables = `
  CREATE SCHEMA IF NOT EXISTS perf_gate;
  CREATE TABLE IF NOT EXISTS perf_gate.version (version int PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS perf_gate.host (
    name text PRIMARY KEY, class text NOT NULL, worker uuid NOT NULL, boot text NOT NULL, about jsonb NOT NULL,
    since timestamptz NOT NULL DEFAULT now(), seen timestamptz NOT NULL DEFAULT now(), held text, waits text, job uuid,
    speed jsonb, checked timestamptz);
  CREATE TABLE IF NOT EXISTS perf_gate.request (
    job uuid PRIMARY KEY, key text UNIQUE, queue text NOT NULL, about jsonb NOT NULL, made timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS perf_gate.source (
    job uuid NOT NULL, part int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (job, part));
  CREATE TABLE IF NOT EXISTS perf_gate.attempt (
    job uuid NOT NULL, token int NOT NULL, host text NOT NULL, class text NOT NULL,
    began timestamptz NOT NULL DEFAULT now(), ended timestamptz, how text, PRIMARY KEY (job, token));
  CREATE INDEX IF NOT EXISTS attempt_began ON perf_gate.attempt (began);
  CREATE TABLE IF NOT EXISTS perf_gate.line (
    job uuid NOT NULL, token int NOT NULL, n int NOT NULL, text text NOT NULL, PRIMARY KEY (job, token, n));
  CREATE TABLE IF NOT EXISTS perf_gate.result (
    run text NOT NULL, attempt int NOT NULL, session text NOT NULL, job uuid NOT NULL, token int NOT NULL,
    host text NOT NULL, class text NOT NULL, exit_code int NOT NULL, answer text, record text,
    made timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (run, attempt, session));
  CREATE INDEX IF NOT EXISTS result_job ON perf_gate.result (job);`;

/**
 * Makes missing tables. The lock lets only one process at a time create the tables. PostgreSQL releases the lock at the end of the
 * transaction.
 */
export async function makeTables(sql: Sql): Promise<void> {
  await sql('SET LOCAL idle_in_transaction_session_timeout = 0');
  await sql(`SELECT pg_advisory_xact_lock(hashtext('perf_gate'))`);
  await sql(tables);
  await sql('INSERT INTO perf_gate.version SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM perf_gate.version)', [VERSION]);
}

/** Returns whether all tables of perf-gate and of pg-boss exist. */
export async function haveTables(sql: Sql): Promise<boolean> {
  const names = ['perf_gate.version', `${ENGINE}.version`];
  const [found] = await sql(
    'SELECT count(*) AS n FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [names],
  );
  return Number(found?.n) === names.length;
}

/** @throws fleet_not_set_up, fleet_newer */
export async function mustHaveTables(sql: Sql, database: string): Promise<void> {
  if (!(await haveTables(sql))) throw failure('fleet_not_set_up', { database });
  const [row] = await sql('SELECT max(version) AS version FROM perf_gate.version');
  const version = Number(row?.version);
  if (version !== VERSION) throw failure('fleet_newer', { database, version, known: VERSION });
}
