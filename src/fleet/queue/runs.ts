import type { Fleet } from './open.ts';

/** Jobs of a run whose results are still kept, but for those of one stage: sessions whose names begin so. */
export async function earlierOf({ sql }: Pick<Fleet, 'sql'>, run: string, stage: string): Promise<string[]> {
  const rows = await sql(
    `SELECT r.job FROM perf_gate.result AS r JOIN perf_gate.request AS q ON q.job = r.job
     WHERE r.run = $1 AND NOT starts_with(r.session, $2) AND q.key IS NOT NULL`,
    [run, stage],
  );
  return rows.map(({ job }) => String(job));
}

/** Keys of unfinished or undelivered jobs that begin so. */
export async function keysFrom({ sql }: Pick<Fleet, 'sql'>, begin: string): Promise<string[]> {
  const rows = await sql('SELECT key FROM perf_gate.request WHERE starts_with(key, $1)', [begin]);
  return rows.map(({ key }) => String(key));
}

/** How many hosts of a class take jobs, though some may wait for an idle moment. 0 for the name of a host. */
export async function hostsOf({ sql }: Pick<Fleet, 'sql'>, name: string): Promise<number> {
  const [row] = await sql(
    `SELECT count(*) AS hosts FROM perf_gate.host WHERE class = $1 AND held IS NULL AND seen > now() - interval '30 seconds'`,
    [name],
  );
  return Number(row?.hosts ?? 0);
}

/** Whether a host is there and takes jobs, though it may wait for an idle moment. */
export async function isInPool({ sql }: Pick<Fleet, 'sql'>, host: string): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM perf_gate.host WHERE name = $1 AND held IS NULL AND seen > now() - interval '30 seconds'`,
    [host],
  );
  return rows.length > 0;
}
