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
