import { randomUUID } from 'node:crypto';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { exit, failure } from '../../core/errors.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { sha256 } from '../../core/hash.ts';
import type { World } from '../../core/world.ts';
import type { AskedElsewhere, FromElsewhere } from '../../experiment/elsewhere.ts';
import { writeBundle } from '../../git/bundle.ts';
import type { Repo } from '../../git/repo.ts';
import { errorOf } from '../../run/background.ts';
import { MOST_MB } from '../job.ts';
import { queueOf } from '../names.ts';
import { delivered } from '../queue/follow.ts';
import { type Fleet, openFleet } from '../queue/open.ts';
import { earlierOf, isInPool } from '../queue/runs.ts';
import { cancel, jobOf, mustHaveTarget, send } from '../queue/send.ts';
import { type SessionJob, sessionAnswer } from '../session-job.ts';
import { type Answered, answerOf } from './wait.ts';

/**
 * Has one session of a run measured by a fleet. Its result stays in the database until the run asks for a session of its next stage, so that a run
 * whose client died goes on with the same job, or the same result. An abort cancels the job.
 * @throws fleet_no_database, fleet_no_target, fleet_sources_large, fleet_job_failed, fleet_cancelled, fleet_answer_invalid, interrupted, and
 * the error that ended the session there
 */
export async function sessionOn(repo: Repo, asked: AskedElsewhere, world: World): Promise<FromElsewhere> {
  const by = `${userInfo().username}@${hostname()}`;
  const run = sha256(JSON.stringify([by, repo.project, asked.run]));
  const { plan, epoch, base, candidate, on } = asked;
  const queue = queueOf(on);
  const key = sha256(JSON.stringify([run, plan, epoch, base, candidate, queue]));
  const fleet = await opened(world);
  try {
    await mustHaveTarget(fleet, on);
    for (const job of await earlierOf(fleet, run, stageOf(plan.id))) await delivered(fleet, job);
    const place = (await jobOf(fleet, key)) ?? { job: await sent(fleet, repo, { asked, by, run, queue, key }), queue };
    try {
      const answered = await answerOf(fleet, place, { ...world, on });
      const { back, isKept } = read(answered);
      if (!isKept || asked.kind === 'total') await delivered(fleet, place.job);
      return back();
    } catch (error) {
      if (world.signal.aborted) await cancel(fleet, place);
      throw error;
    }
  } finally {
    await fleet.close();
  }
}

/** Whether a host of the fleet is there, and takes jobs. @throws fleet_no_database, and what opening a fleet throws */
export async function takesJobs(host: string, world: World): Promise<boolean> {
  const fleet = await opened(world);
  try {
    return await isInPool(fleet, host);
  } finally {
    await fleet.close();
  }
}

/** An abort is for the job: what tells the fleet of it must still come through. */
async function opened({ env, clock }: World): Promise<Fleet> {
  const url = env.PERF_GATE_DATABASE;
  if (!url) throw failure('fleet_no_database');
  return openFleet(url, 'client', { clock, signal: new AbortController().signal });
}

/** What the sessions of one stage have in common: `attempt-02` of `attempt-02-screen`. */
const stageOf = (session: string) => session.replace(/-(?:screen|confirmation|(?:aa|control)-\d+)$/, '');

/** What came back, or its error. `isKept`: the run may ask for it once more; an error is measured again. */
function read({ answer, host }: Answered): { back: () => FromElsewhere; isKept: boolean } {
  const refuse = (error: Error) => ({
    back: () => {
      throw error;
    },
    isKept: false,
  });
  const invalid = (reason: string) => refuse(failure('fleet_answer_invalid', { host, reason }));
  const found = objectIn(answer.answer);
  if (!found) return invalid('it is no JSON');
  if (isError(found.error)) return refuse(errorOf({ ...found.error, exit_code: answer.exit_code || exit.environment }));
  const { success, data } = sessionAnswer.safeParse(found);
  if (!success) return invalid('it has no session');
  if ('unready' in data) return { back: () => ({ host, unready: data.unready }), isKept: true };
  const { ended } = data;
  const samples = answer.record;
  if ((samples === null ? null : sha256(samples)) !== ended.samples_hash)
    return invalid('its samples have another hash');
  return { back: () => ({ host, ended, samples }), isKept: ended.broken?.arm !== 'base' };
}

type Told = { code: string; message: string; hint: string };
const isError = (error: unknown): error is Told =>
  typeof error === 'object' &&
  error !== null &&
  ['code', 'message', 'hint'].every((key) => typeof (error as Record<string, unknown>)[key] === 'string');

function objectIn(text: string): Record<string, unknown> | null {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return null;
  }
}

type Sending = { asked: AskedElsewhere; by: string; run: string; queue: string; key: string };

/** @throws fleet_sources_large */
async function sent(fleet: Fleet, repo: Repo, { asked, by, run, queue, key }: Sending): Promise<string> {
  const { plan, kind, attempt, contract, base, candidate: head } = asked;
  const folder = temporaryDir(tmpdir(), 'perf-gate-fleet-');
  try {
    const sources = join(folder, 'sources.bundle');
    const { bytes, shallow } = await writeBundle(
      repo,
      { base, head },
      {
        file: sources,
        most: MOST_MB * MB,
        mayCut: true,
      },
    );
    if (bytes > MOST_MB * MB) throw failure('fleet_sources_large', { mb: Math.ceil(bytes / MB), most_mb: MOST_MB });
    const job = randomUUID();
    const { id, label, looks, test, decides } = plan;
    const data: SessionJob = {
      what: 'session',
      base,
      head,
      names: { base: asked.run, head: id },
      shallow,
      prefix: repo.prefix,
      contract: JSON.stringify(contract),
      by,
      run: asked.run,
      key: run,
      attempt,
      kind,
      plan: { id, label, looks: [...looks], test, decides },
    };
    await send(fleet, { job, queue, key }, { asked: data, sources });
    return job;
  } finally {
    remove(folder);
  }
}

const MB = 1024 ** 2;
