import { closeSync, readSync } from 'node:fs';
import { partText } from '../../contract/suite-part.ts';
import { failure } from '../../core/errors.ts';
import { openWithoutWaiting } from '../../core/fs.ts';
import { type FleetJob, PART } from '../job.ts';
import { ofQueue, queueOf } from '../names.ts';
import type { SessionJob } from '../session-job.ts';
import { type Fleet, tell, within } from './open.ts';
import { ENGINE } from './tables.ts';

/** A job, and the queue in which the job waits. */
export type Place = { job: string; queue: string };

/** The number of times that a job is retried before it fails, and the longest time in seconds that a job may take. */
const POLICY = {
  retryLimit: 5,
  expireInSeconds: 24 * 3600 - 1,
  retentionSeconds: 14 * 24 * 3600,
  deleteAfterSeconds: 14 * 24 * 3600,
};

/** @throws fleet_no_target */
export async function mustHaveTarget({ sql }: Fleet, target: string): Promise<void> {
  if ((await sql(`SELECT 1 FROM ${ENGINE}.queue WHERE name = $1`, [queueOf(target)])).length > 0) return;
  const known = await sql('SELECT name FROM perf_gate.host UNION SELECT class FROM perf_gate.host ORDER BY 1');
  throw failure('fleet_no_target', { target, known: known.map(({ name }) => String(name)) });
}

/** The job with a given key, if the job is unfinished or no client has received its answer yet. Otherwise undefined. */
export async function jobOf({ sql }: Fleet, key: string): Promise<Place | undefined> {
  const [row] = await sql('SELECT job, queue FROM perf_gate.request WHERE key = $1', [key]);
  return row && { job: String(row.job), queue: String(row.queue) };
}

/**
 * Sends a job with its sources (a git bundle of its commits) in one transaction. The sources are null if the worker fetches the commits. No
 * two jobs have the same `key` at the same time.
 */
export async function send(
  { boss, transaction }: Fleet,
  at: Place & { key: string },
  { asked, sources }: { asked: FleetJob | SessionJob; sources: string | null },
): Promise<void> {
  await transaction(async (sql) => {
    const { names, by } = asked;
    const part = 'part' in asked && asked.part !== undefined ? partText(asked.part) : null;
    const about = { base: names.base, head: names.head, part, by, on: ofQueue(at.queue) };
    const made = await sql(
      'INSERT INTO perf_gate.request (job, key, queue, about) VALUES ($1, $2, $3, $4) ON CONFLICT (job) DO NOTHING RETURNING 1',
      [at.job, at.key, at.queue, JSON.stringify(about)],
    );
    if (made.length === 0) return; // the job exists already: an earlier try of this transaction was committed
    for (const [part, bytes] of sources === null ? [] : partsOf(sources))
      await sql('INSERT INTO perf_gate.source (job, part, bytes) VALUES ($1, $2, $3)', [at.job, part, bytes]);
    await boss.send(at.queue, asked, { id: at.job, ...POLICY, ...within(sql) });
    await tell(sql, at.queue);
  });
}

function* partsOf(file: string): Generator<[part: number, bytes: Buffer]> {
  const fd = openWithoutWaiting(file);
  try {
    for (let part = 0; ; part++) {
      const buffer = Buffer.alloc(PART);
      const read = readSync(fd, buffer, 0, PART, null);
      if (read === 0) return;
      yield [part, buffer.subarray(0, read)];
    }
  } finally {
    closeSync(fd);
  }
}

/** Cancels a job whose client gave up, and deletes its data. A job that is done stays as it is. */
export async function cancel({ boss, transaction }: Fleet, { job, queue }: Place): Promise<void> {
  await transaction(async (sql) => {
    await boss.cancel(queue, job, within(sql));
    await forget(sql, job);
    await sql('DELETE FROM perf_gate.result WHERE job = $1 AND record IS NOT NULL', [job]);
    await sql('UPDATE perf_gate.request SET key = NULL WHERE job = $1', [job]);
    await tell(sql, job);
  });
}

/** Deletes the data that only an unfinished job needs. */
export async function forget(sql: Fleet['sql'], job: string): Promise<void> {
  await sql('DELETE FROM perf_gate.source WHERE job = $1', [job]);
  await sql('DELETE FROM perf_gate.line WHERE job = $1', [job]);
}
