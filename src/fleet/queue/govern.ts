import { failure } from '../../core/errors.ts';
import { queueOf } from '../names.ts';
import { type Fleet, tell, within } from './open.ts';
import { ENGINE } from './tables.ts';

/**
 * Stops a host from taking new jobs. The host finishes the job that it has. `why: null` lets the host take jobs again, and deletes the
 * recorded speed of its machine.
 * @throws fleet_no_host
 */
export async function hold({ transaction }: Fleet, host: string, why: string | null): Promise<void> {
  await transaction(async (sql) => {
    const found = await sql(
      `UPDATE perf_gate.host SET held = $2::text, speed = CASE WHEN $2::text IS NOT NULL THEN speed END,
       checked = CASE WHEN $2::text IS NOT NULL THEN checked END WHERE name = $1 RETURNING class`,
      [host, why],
    );
    if (found.length === 0) {
      const known = await sql('SELECT name FROM perf_gate.host ORDER BY name');
      throw failure('fleet_no_host', { host, known: known.map(({ name }) => String(name)) });
    }
    await tell(sql, queueOf(host));
  });
}

/** Gives a failed job one more attempt. `begin`: the first characters of the job's id. Returns the whole id. @throws fleet_no_job */
export async function retry({ boss, transaction }: Fleet, begin: string): Promise<string> {
  return transaction(async (sql) => {
    const rows = await sql(
      `SELECT id, name FROM ${ENGINE}.job WHERE state = 'failed' AND starts_with(id::text, $1) LIMIT 2`,
      [begin.toLowerCase()],
    );
    const [row] = rows;
    if (!row || rows.length > 1) throw failure('fleet_no_job', { job: begin });
    const [job, queue] = [String(row.id), String(row.name)];
    await boss.retry(queue, job, within(sql));
    await tell(sql, queue);
    await tell(sql, job);
    return job;
  });
}
