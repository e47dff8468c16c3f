import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { World } from '../../core/world.ts';
import type { AskedElsewhere, FromElsewhere } from '../../experiment/elsewhere.ts';
import type { Repo } from '../../git/repo.ts';
import { databaseOf, queueOf, whoAsks } from '../names.ts';
import { objectIn } from '../object-in.ts';
import { delivered } from '../queue/follow.ts';
import { earlierOf, isInPool } from '../queue/runs.ts';
import { mustHaveTarget } from '../queue/send.ts';
import { type SessionJob, sessionAnswer } from '../session-job.ts';
import { answerFor, type Keyed, sendCommits } from './answer-for.ts';
import { errorIn } from './receive.ts';
import type { Answered } from './wait.ts';
import { forJob } from './with-fleet.ts';

/**
 * Asks a fleet to measure one session of a run. The result stays in the database until the run asks for a session of its next stage. A
 * run whose client died therefore continues with the same job or result. An abort cancels the job.
 * @throws fleet_no_database, fleet_no_target, fleet_sources_large, fleet_job_failed, fleet_cancelled, fleet_answer_invalid, interrupted,
 * and the error that ended the session on its host
 */
export async function sessionOn(repo: Repo, asked: AskedElsewhere, world: World): Promise<FromElsewhere> {
  const by = whoAsks();
  const run = sha256(JSON.stringify([by, repo.project, asked.run]));
  const { plan, epoch, base, candidate, on } = asked;
  const key = sha256(JSON.stringify([run, plan, epoch, base, candidate, queueOf(on)]));
  return forJob(databaseIn(world), world, async (fleet) => {
    await mustHaveTarget(fleet, on);
    for (const job of await earlierOf(fleet, run, stageOf(plan.id))) await delivered(fleet, job);
    const sent = (at: Keyed) =>
      sendCommits(fleet, repo, [{ at, asked: jobFor(asked, { prefix: repo.prefix, by, key: run }) }], { mayCut: true });
    return answerFor(fleet, world, { on, key, sent }, async (answered) => {
      const { back, isKept } = read(answered);
      if (!isKept || asked.kind === 'total') await delivered(fleet, answered.job);
      return back();
    });
  });
}

/** Returns whether a host of the fleet is present and takes jobs. @throws fleet_no_database, and the errors of `openFleet` */
export const takesJobs = (host: string, world: World): Promise<boolean> =>
  forJob(databaseIn(world), world, (fleet) => isInPool(fleet, host));

const databaseIn = ({ env }: World) => databaseOf(undefined, env);

/** The common beginning of the names of a stage's sessions: `attempt-02` of `attempt-02-screen`. */
const stageOf = (session: string) => session.replace(/-(?:screen|confirmation|(?:aa|control)-\d+)$/, '');

/**
 * Reads an answer. `back` returns the result of the session, or throws the error in the answer. `isKept` is false after an error, and if
 * the base is broken: a repeated request must then measure again.
 */
function read({ answer, host }: Answered): { back: () => FromElsewhere; isKept: boolean } {
  const refuse = (error: Error) => ({
    back: () => {
      throw error;
    },
    isKept: false,
  });
  const invalid = (reason: string) => refuse(failure('fleet_answer_invalid', { host, reason }));
  const found = objectIn(answer.answer);
  if (!found) return invalid('it is not JSON');
  const error = errorIn(found, answer);
  if (error) return refuse(error);
  const { success, data } = sessionAnswer.safeParse(found);
  if (!success) return invalid('it contains no session');
  if ('unready' in data) return { back: () => ({ host, unready: data.unready }), isKept: true };
  const { ended } = data;
  const samples = answer.record;
  if ((samples === null ? null : sha256(samples)) !== ended.samples_hash)
    return invalid('its samples do not match the hash that it contains');
  return { back: () => ({ host, ended, samples }), isKept: ended.broken?.arm !== 'base' };
}

function jobFor(asked: AskedElsewhere, of: Pick<SessionJob, 'prefix' | 'by' | 'key'>): Omit<SessionJob, 'shallow'> {
  const { run, attempt, kind, contract, base, candidate: head } = asked;
  const { id, label, looks, test, decides } = asked.plan;
  return {
    ...{ what: 'session', base, head, names: { base: run, head: id }, contract: JSON.stringify(contract), ...of },
    ...{ run, attempt, kind, plan: { id, label, looks: [...looks], test, decides } },
  };
}
