import type { Answer } from '../job.ts';
import { PRESENT } from './hosts.ts';
import type { Fleet } from './open.ts';
import type { Place } from './send.ts';
import { ENGINE } from './tables.ts';

/** The state of a job. `tries`: the number of attempts so far. */
export type Standing =
  | { state: 'waiting'; before: number; tries: number }
  | { state: 'measuring'; host: string; tries: number }
  | { state: 'done'; host: string; class: string; answer: Answer }
  | { state: 'failed'; tries: number; reason: string }
  | { state: 'gone' };

/** A line that a worker printed. Lines are ordered by `token`, then `n`. */
export type Line = { token: number; n: number; text: string };

export async function standingOf({ sql }: Fleet, { job, queue }: Place): Promise<Standing> {
  const [result] = await sql('SELECT host, class, exit_code, answer, record FROM perf_gate.result WHERE job = $1', [
    job,
  ]);
  if (result)
    return {
      state: 'done',
      host: String(result.host),
      class: String(result.class),
      answer: {
        exit_code: Number(result.exit_code),
        answer: String(result.answer),
        record: result.record === null ? null : String(result.record),
      },
    };
  const [found] = await sql(`SELECT state FROM ${ENGINE}.job WHERE name = $1 AND id = $2`, [queue, job]);
  const [last] = await sql(
    'SELECT host, how, token FROM perf_gate.attempt WHERE job = $1 ORDER BY token DESC LIMIT 1',
    [job],
  );
  const tries = last ? Number(last.token) + 1 : 0;
  if (!found || found.state === 'cancelled') return { state: 'gone' };
  if (found.state === 'failed')
    return { state: 'failed', tries, reason: String(last?.how ?? 'its worker fell silent') };
  if (found.state === 'active') return { state: 'measuring', host: String(last?.host ?? ''), tries };
  return { state: 'waiting', before: await before(sql, { job, queue }), tries };
}

/** The number of jobs before this one in its queue. */
async function before(sql: Fleet['sql'], { job, queue }: Place): Promise<number> {
  const [row] = await sql(
    `SELECT count(*) AS n FROM ${ENGINE}.job AS other, ${ENGINE}.job AS own
     WHERE own.name = $2 AND own.id = $1 AND other.name = $2 AND other.state < 'active' AND (other.created_on, other.id) < (own.created_on, own.id)`,
    [job, queue],
  );
  return Number(row?.n ?? 0);
}

/** The lines of a job that were printed after a given line, in order. */
export async function linesAfter(
  { sql }: Fleet,
  job: string,
  { token, n }: Pick<Line, 'token' | 'n'>,
): Promise<Line[]> {
  const rows = await sql(
    'SELECT token, n, text FROM perf_gate.line WHERE job = $1 AND (token, n) > ($2, $3) ORDER BY token, n LIMIT 200',
    [job, token, n],
  );
  return rows.map((row) => ({ token: Number(row.token), n: Number(row.n), text: String(row.text) }));
}

/**
 * Notes that the client has received the answer. Deletes the record of the measurement from the database. The history still lists the job.
 */
export async function delivered({ transaction }: Fleet, job: string): Promise<void> {
  await transaction(async (sql) => {
    await sql('UPDATE perf_gate.result SET record = NULL WHERE job = $1', [job]);
    await sql('UPDATE perf_gate.request SET key = NULL WHERE job = $1', [job]);
  });
}

/** The reason, in words, why no worker takes a job for a class or host now. Null if a worker can take the job. */
export async function whyItWaits({ sql }: Fleet, target: string): Promise<string | null> {
  const rows = await sql(
    `SELECT name, coalesce(held, waits) AS why FROM perf_gate.host
     WHERE (name = $1 OR class = $1) AND ${PRESENT} ORDER BY name`,
    [target],
  );
  const [first] = rows;
  if (!first)
    return `no worker of ${target} gave a sign of life in the last 30 seconds, so the job waits until a worker starts`;
  return rows.some(({ why }) => why === null) ? null : `${first.name} takes no jobs now: ${first.why}`;
}
