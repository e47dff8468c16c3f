import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import type { World } from '../../core/world.ts';
import { writeBundle } from '../../git/bundle.ts';
import type { Repo } from '../../git/repo.ts';
import { type FleetJob, MOST_MB } from '../job.ts';
import { queueOf } from '../names.ts';
import type { Fleet } from '../queue/open.ts';
import { cancel, jobOf, type Place, send } from '../queue/send.ts';
import type { SessionJob } from '../session-job.ts';
import { type Answered, answerOf } from './wait.ts';

/** A job with its queue and its key. No two jobs have the same `key` at the same time. */
export type Keyed = Place & { key: string };

/**
 * Waits for the answer to the job with this key, and passes the answer to `take`. If no such job exists, sends the job first. An abort
 * cancels the job.
 * @throws fleet_job_failed, fleet_cancelled, interrupted, and the errors of `sent` and `take`
 */
export async function answerFor<T>(
  fleet: Fleet,
  world: World,
  { on, key, sent }: { on: string; key: string; sent(at: Keyed): Promise<void> },
  take: (answered: Answered) => Promise<T>,
): Promise<T> {
  const { place, isNew } = await placeFor(fleet, on, key);
  if (isNew) await sent(place);
  return endedWell(fleet, place, world, async () => take(await answerOf(fleet, place, { ...world, on })));
}

/** The id and the queue of the job with this key. If `isNew` is true, no such job exists yet, and the caller must send it. */
export async function placeFor(fleet: Fleet, on: string, key: string): Promise<{ place: Keyed; isNew: boolean }> {
  const known = await jobOf(fleet, key);
  return { place: { ...(known ?? { job: randomUUID(), queue: queueOf(on) }), key }, isNew: known === undefined };
}

/** Waits for a job, and cancels the job if the signal aborts. */
export async function endedWell<T>(
  fleet: Fleet,
  place: Place,
  { signal }: Pick<World, 'signal'>,
  wait: () => Promise<T>,
): Promise<T> {
  try {
    return await wait();
  } catch (error) {
    if (signal.aborted) await cancel(fleet, place);
    throw error;
  }
}

/** A job whose commits are not packed into a bundle yet. */
type Unsent = Omit<FleetJob, 'shallow'> | Omit<SessionJob, 'shallow'>;

/**
 * Sends jobs that need the same two commits. A git bundle of both commits is sent with each job. `mayCut`: whether the bundle may leave out
 * the history of the commits if the history is large.
 * @throws fleet_sources_large
 */
export async function sendCommits(
  fleet: Fleet,
  repo: Repo,
  jobs: readonly { at: Keyed; asked: Unsent }[],
  { mayCut }: { mayCut: boolean },
): Promise<void> {
  if (jobs.length === 0) return;
  const folder = temporaryDir(tmpdir(), 'perf-gate-fleet-');
  try {
    const sources = join(folder, 'sources.bundle');
    const { bytes, shallow } = await writeBundle(repo, jobs[0]!.asked, { file: sources, most: MOST_MB * MB, mayCut });
    if (bytes > MOST_MB * MB) throw failure('fleet_sources_large', { mb: Math.ceil(bytes / MB), most_mb: MOST_MB });
    for (const { at, asked } of jobs) await send(fleet, at, { asked: { ...asked, shallow }, sources });
  } finally {
    remove(folder);
  }
}

const MB = 1024 ** 2;
