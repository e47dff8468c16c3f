import { PRESENT } from './hosts.ts';
import type { Fleet } from './open.ts';
import type { Row } from './sql.ts';
import { ENGINE } from './tables.ts';

/**
 * A host of the fleet. `held`: the reason why the host takes no jobs. `waits`: what the host waits for before its next job. Times are ISO
 * 8601. `seen` is null for a host that left the fleet.
 */
export type HostRow = {
  host: string;
  class: string;
  state: 'ready' | 'measuring' | 'held' | 'gone';
  held: string | null;
  waits: string | null;
  job: string | null;
  seen: string | null;
  version: string;
  node: string;
  cpu: string;
  cores: number;
};

export async function hosts({ sql }: Pick<Fleet, 'sql'>): Promise<HostRow[]> {
  const rows = await sql(
    `SELECT name, class, held, waits, job, about, CASE WHEN seen > '-infinity' THEN seen END AS seen, ${PRESENT} AS here
     FROM perf_gate.host ORDER BY class, name`,
  );
  return rows.map((row) => {
    const about = row.about as Record<string, unknown>;
    const job = text(row.job);
    return {
      host: String(row.name),
      class: String(row.class),
      state: row.here !== true ? 'gone' : job !== null ? 'measuring' : row.held !== null ? 'held' : 'ready',
      held: text(row.held),
      waits: text(row.waits),
      job,
      seen: time(row.seen),
      version: String(about.version),
      node: String(about.node),
      cpu: String(about.cpu),
      cores: Number(about.cores),
    };
  });
}

/**
 * A job that is not done. `on`: the class or host that `--on` named. `host`: the host that has the job, or that had the job last. `part`:
 * the part of a suite that the job measures, such as `2/3`, or null.
 */
export type JobRow = {
  job: string;
  on: string;
  state: 'waiting' | 'measuring' | 'failed';
  host: string | null;
  attempts: number;
  base: string;
  head: string;
  part: string | null;
  by: string;
  made: string | null;
};

const STATES: Record<string, JobRow['state']> = { active: 'measuring', failed: 'failed' };

/** The jobs that wait, that a host is measuring, or that failed: at most 1,000, the oldest first. */
export async function openJobs({ sql }: Pick<Fleet, 'sql'>): Promise<JobRow[]> {
  const rows = await sql(
    `SELECT j.id, j.state, r.about, r.made, last.host, coalesce(last.token + 1, 0) AS attempts
     FROM ${ENGINE}.job AS j JOIN perf_gate.request AS r ON r.job = j.id
     LEFT JOIN LATERAL (SELECT host, token FROM perf_gate.attempt AS a WHERE a.job = j.id ORDER BY token DESC LIMIT 1) AS last ON true
     WHERE j.state NOT IN ('completed', 'cancelled') ORDER BY r.made, j.id LIMIT 1000`,
  );
  return rows.map((row) => ({
    job: String(row.id),
    state: STATES[String(row.state)] ?? 'waiting',
    host: text(row.host),
    attempts: Number(row.attempts),
    ...askedIn(row),
    made: time(row.made),
  }));
}

/** An attempt at a job. `how` and `ended` are null until the attempt ends. */
export type AttemptRow = {
  job: string;
  attempt: number;
  host: string;
  class: string;
  on: string;
  base: string;
  head: string;
  part: string | null;
  by: string;
  began: string | null;
  ended: string | null;
  how: string | null;
};

/** The latest attempts, newest first. */
export async function attempts({ sql }: Pick<Fleet, 'sql'>, most: number): Promise<AttemptRow[]> {
  const rows = await sql(
    `SELECT a.job, a.token, a.host, a.class, a.began, a.ended, a.how, r.about
     FROM perf_gate.attempt AS a LEFT JOIN perf_gate.request AS r ON r.job = a.job ORDER BY a.began DESC LIMIT $1`,
    [most],
  );
  return rows.map((row) => ({
    job: String(row.job),
    attempt: Number(row.token) + 1,
    host: String(row.host),
    class: String(row.class),
    ...askedIn(row),
    began: time(row.began),
    ended: time(row.ended),
    how: text(row.how),
  }));
}

function askedIn({ about }: Row): Pick<JobRow, 'on' | 'base' | 'head' | 'part' | 'by'> {
  const { on, base, head, part, by } = (about ?? {}) as Record<string, unknown>;
  return {
    on: String(on ?? ''),
    base: String(base ?? ''),
    head: String(head ?? ''),
    part: text(part),
    by: String(by ?? ''),
  };
}

const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
const time = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
