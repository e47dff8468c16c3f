import { PRESENT } from './hosts.ts';
import type { Fleet } from './open.ts';

/**
 * The jobs of a run whose results the database still keeps. Sessions whose names begin with `stage`, such as `attempt-02`, are left out.
 */
export async function earlierOf({ sql }: Pick<Fleet, 'sql'>, run: string, stage: string): Promise<string[]> {
  const rows = await sql(
    `SELECT r.job FROM perf_gate.result AS r JOIN perf_gate.request AS q ON q.job = r.job
     WHERE r.run = $1 AND NOT starts_with(r.session, $2) AND q.key IS NOT NULL`,
    [run, stage],
  );
  return rows.map(({ job }) => String(job));
}

/** The keys of jobs that are unfinished or whose answer no client has received yet. Only keys that begin with `begin` are returned. */
export async function keysFrom({ sql }: Pick<Fleet, 'sql'>, begin: string): Promise<string[]> {
  const rows = await sql('SELECT key FROM perf_gate.request WHERE starts_with(key, $1)', [begin]);
  return rows.map(({ key }) => String(key));
}

/** The number of hosts of a class that take jobs, busy ones included. The number is 0 if `name` is the name of a host. */
export async function hostsOf({ sql }: Pick<Fleet, 'sql'>, name: string): Promise<number> {
  const [row] = await sql(
    `SELECT count(*) AS hosts FROM perf_gate.host WHERE class = $1 AND held IS NULL AND ${PRESENT}`,
    [name],
  );
  return Number(row?.hosts ?? 0);
}

/** Returns whether a host is present and takes jobs. A busy host counts. */
export async function isInPool({ sql }: Pick<Fleet, 'sql'>, host: string): Promise<boolean> {
  const rows = await sql(`SELECT 1 FROM perf_gate.host WHERE name = $1 AND held IS NULL AND ${PRESENT}`, [host]);
  return rows.length > 0;
}
