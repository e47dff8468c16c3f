import type { Answer } from '../job.ts';
import { sessionJob } from '../session-job.ts';
import { type Fleet, tell, within } from './open.ts';
import { forget, type Place } from './send.ts';
import type { Sql } from './sql.ts';
import { ENGINE } from './tables.ts';

/** A job that a worker has taken. `token`: the number of the attempt. Only the newest attempt may change the job's data. */
export type Claim = Place & { token: number; host: string; class: string; data: unknown };

/**
 * A worker that takes jobs. `lease`: the number of seconds without a sign of life after which another worker can take over this worker's
 * job.
 */
type Taker = { host: string; class: string; lease: number };

/** Takes the next job for this host, or else for its class. Returns undefined if no job waits. */
export async function claim(
  { boss, transaction }: Fleet,
  { host, class: name, lease }: Taker,
  queues: readonly string[],
): Promise<Claim | undefined> {
  return transaction(async (sql) => {
    for (const queue of queues) {
      const [job] = await boss.fetch(queue, { includeMetadata: true, ...within(sql) });
      if (!job) continue;
      const taken = { job: job.id, queue, token: job.retryCount, host, class: name, data: job.data as unknown };
      await sql(
        'INSERT INTO perf_gate.attempt (job, token, host, class) VALUES ($1, $2, $3, $4) ON CONFLICT (job, token) DO UPDATE SET host = $3, class = $4, began = now()',
        [job.id, job.retryCount, host, name],
      );
      await sql(
        'UPDATE perf_gate.attempt SET ended = now(), how = $3 WHERE job = $1 AND token < $2 AND ended IS NULL',
        [job.id, job.retryCount, 'its worker fell silent'],
      );
      await sql(`UPDATE ${ENGINE}.job SET heartbeat_seconds = $3 WHERE name = $1 AND id = $2`, [queue, job.id, lease]);
      await sql('UPDATE perf_gate.host SET job = $2 WHERE name = $1', [host, job.id]);
      await tell(sql, job.id);
      return taken;
    }
    return undefined;
  });
}

/** Returns whether this attempt is the newest attempt at the job, and locks the row of the job until the transaction ends. */
async function holds(sql: Sql, { queue, job, token }: Claim): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM ${ENGINE}.job WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3 FOR UPDATE`,
    [queue, job, token],
  );
  return rows.length > 0;
}

/**
 * Renews the lease of a job, and stores the lines printed since the last renewal. Returns false if the job was cancelled or another
 * worker has the job.
 */
export function keep(
  { transaction }: Fleet,
  claimed: Claim,
  lines: readonly { n: number; text: string }[],
): Promise<boolean> {
  return transaction(async (sql) => {
    if (!(await holds(sql, claimed))) return false;
    const { queue, job, token, host } = claimed;
    await sql(`UPDATE ${ENGINE}.job SET heartbeat_on = now() WHERE name = $1 AND id = $2`, [queue, job]);
    await sql('UPDATE perf_gate.host SET seen = now() WHERE name = $1', [host]);
    for (const { n, text } of lines)
      await sql('INSERT INTO perf_gate.line VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [job, token, n, text]);
    if (lines.length > 0) await tell(sql, job);
    return true;
  });
}

/**
 * Ends the job and stores its answer in one transaction. If another worker has the job now, stores nothing and returns false. The database
 * stores one answer for each combination of run, attempt and session. A newer answer replaces the older answer: the run has repeated its
 * request, and needs the newer answer.
 */
export function finish(
  { boss, transaction }: Fleet,
  claimed: Claim,
  { exit_code, answer, record }: Answer,
): Promise<boolean> {
  const { queue, job, token, host } = claimed;
  return transaction(async (sql) => {
    // if an earlier try of this transaction was committed, nothing is left to do
    const [own] = await sql('SELECT 1 FROM perf_gate.result WHERE job = $1 AND token = $2', [job, token]);
    if (own) return true;
    if (!(await holds(sql, claimed))) return false;
    await sql(
      `INSERT INTO perf_gate.result (run, attempt, session, job, token, host, class, exit_code, answer, record)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (run, attempt, session) DO UPDATE
       SET job = $4, token = $5, host = $6, class = $7, exit_code = $8, answer = $9, record = $10, made = now()`,
      [...sessionOf(claimed), job, token, host, claimed.class, exit_code, answer, record],
    );
    await boss.complete(queue, job, null, within(sql));
    await ended(sql, claimed, exit_code === 0 ? 'done' : `done, exit code ${exit_code}`);
    await forget(sql, job);
    await tell(sql, job);
    return true;
  });
}

/**
 * The run, attempt and session of a job. The job of a comparison or a bisection belongs to no run, so the job's id stands for the run's id.
 */
function sessionOf({ job, data }: Claim): [run: string, attempt: number, session: string] {
  const { success, data: asked } = sessionJob.safeParse(data);
  return success ? [asked.key, asked.attempt, asked.plan.id] : [job, 1, 'all'];
}

/** Gives the job back to the queue. The job gets another attempt if any attempt is left. Does nothing if another worker has the job now. */
export function giveBack({ boss, transaction }: Fleet, claimed: Claim, why: string): Promise<void> {
  return transaction(async (sql) => {
    if (!(await holds(sql, claimed))) return;
    await boss.fail(claimed.queue, claimed.job, { message: why }, within(sql));
    await ended(sql, claimed, why);
    await tell(sql, claimed.queue);
    await tell(sql, claimed.job);
  });
}

/** Records the end of an attempt, after its job was cancelled or another worker took the job over. */
export async function lost({ sql }: Fleet, { job, token, host }: Claim): Promise<void> {
  await sql(
    `UPDATE perf_gate.attempt SET ended = now(), how = 'cancelled, or taken over' WHERE job = $1 AND token = $2 AND host = $3 AND ended IS NULL`,
    [job, token, host],
  );
  await sql('UPDATE perf_gate.host SET job = NULL WHERE name = $1 AND job = $2', [host, job]);
}

async function ended(sql: Sql, { job, token, host }: Claim, how: string): Promise<void> {
  await sql('UPDATE perf_gate.attempt SET ended = now(), how = $3 WHERE job = $1 AND token = $2', [job, token, how]);
  await sql('UPDATE perf_gate.host SET job = NULL WHERE name = $1 AND job = $2', [host, job]);
}

/** Reads the sources of a job (a git bundle of its commits), part by part. */
export async function* sourcesOf({ sql }: Fleet, job: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const [row] = await sql('SELECT bytes FROM perf_gate.source WHERE job = $1 AND part = $2', [job, part]);
    if (!row) return;
    yield row.bytes as Buffer;
  }
}
