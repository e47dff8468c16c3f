import { failure } from '../../core/errors.ts';
import type { Speed } from '../drift.ts';
import type { Fleet } from './open.ts';
import type { Sql } from './sql.ts';
import { ENGINE } from './tables.ts';

/** Facts about a worker's machine. */
type About = { version: string; node: string; cpu: string; cores: number; platform: string };

/**
 * The data of a worker that joins the fleet as a host. `worker`: a random id of the worker's process. `boot`: an id that is new after each
 * start of the machine.
 */
export type Member = { host: string; class: string; worker: string; boot: string; about: About };

/** An SQL condition on a row of `perf_gate.host`: the host gave a sign of life in the last 30 seconds. Any other host counts as gone. */
export const PRESENT = `seen > now() - interval '30 seconds'`;

/**
 * Joins the fleet. If a host name is in use, a new worker on the same machine (same boot) takes the name over at once. On another
 * machine, the new worker gets the name only after the old worker counts as gone.
 * @throws fleet_host_taken
 */
export async function join({ boss, transaction }: Fleet, member: Member, queues: readonly string[]): Promise<void> {
  for (const queue of queues) if (!(await boss.getQueue(queue))) await boss.createQueue(queue);
  await transaction(async (sql) => {
    const { host, class: name, worker, boot, about } = member;
    const joined = await sql(
      `INSERT INTO perf_gate.host AS h (name, class, worker, boot, about) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name) DO UPDATE SET class = $2, worker = $3, boot = $4, about = $5, since = now(), seen = now(), job = NULL
       WHERE h.boot = $4 OR h.worker = $3 OR NOT h.${PRESENT} RETURNING 1`,
      [host, name, worker, boot, JSON.stringify(about)],
    );
    if (joined.length > 0) return;
    const [other] = await sql('SELECT seen FROM perf_gate.host WHERE name = $1', [host]);
    throw failure('fleet_host_taken', {
      host,
      seen: other?.seen instanceof Date ? other.seen.toISOString() : 'just now',
    });
  });
}

/**
 * The answer that a host gets each time it gives a sign of life. `held`: the reason why the host must take no jobs, or null. `due`: whether
 * its machine needs the weekly check.
 */
type Standing = { held: string | null; due: boolean };

/**
 * Records a sign of life of a host. `waits`: the reason why the host does not take a job yet. Null if the host is ready.
 * @throws fleet_host_taken: another worker has the name now
 */
export async function stillThere({ sql }: Fleet, { host, worker }: Member, waits: string | null): Promise<Standing> {
  const [row] = await sql(
    `UPDATE perf_gate.host SET seen = now(), waits = $3 WHERE name = $1 AND worker = $2
     RETURNING held, coalesce(checked < now() - interval '7 days', true) AS due`,
    [host, worker, waits],
  );
  if (!row) throw failure('fleet_host_taken', { host, seen: 'just now' });
  return { held: row.held === null ? null : String(row.held), due: row.due === true };
}

/** Records a check of the machine, and returns the speed that the first check measured. */
export async function noteSpeed({ sql }: Fleet, host: string, speed: Speed): Promise<Speed> {
  const [row] = await sql(
    'UPDATE perf_gate.host SET checked = now(), speed = coalesce(speed, $2) WHERE name = $1 RETURNING speed',
    [host, JSON.stringify(speed)],
  );
  return (row?.speed ?? speed) as Speed;
}

/** Removes a host from the fleet. The host counts as gone at once. */
export async function leave({ sql }: Fleet, { host, worker }: Member): Promise<void> {
  await sql(`UPDATE perf_gate.host SET seen = '-infinity' WHERE name = $1 AND worker = $2`, [host, worker]);
}

/** Deletes the sources and lines of ended jobs. Also deletes answers, attempts and requests that are older than 30 days. */
export async function sweep(sql: Sql): Promise<void> {
  const over = `NOT EXISTS (SELECT 1 FROM ${ENGINE}.job AS j WHERE j.id = left_over.job AND j.state NOT IN ('completed', 'cancelled'))`;
  for (const table of ['source', 'line']) await sql(`DELETE FROM perf_gate.${table} AS left_over WHERE ${over}`);
  for (const [table, time] of [
    ['result', 'made'],
    ['attempt', 'began'],
    ['request', 'made'],
  ] as const)
    await sql(`DELETE FROM perf_gate.${table} WHERE ${time} < now() - interval '30 days'`);
}
