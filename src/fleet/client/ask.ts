import { commitOf } from '../../compare/commits.ts';
import { withUntracked } from '../../compare/untracked.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import type { SuitePart } from '../../contract/suite-part.ts';
import { allAtOnce } from '../../core/at-once.ts';
import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { notesOf, type World } from '../../core/world.ts';
import { type Repo, resolveCommit, treeOf } from '../../git/repo.ts';
import type { FleetJob } from '../job.ts';
import { queueOf } from '../names.ts';
import { delivered } from '../queue/follow.ts';
import type { Fleet } from '../queue/open.ts';
import { mustHaveTarget, send } from '../queue/send.ts';
import { endedWell, type Keyed, placeFor, sendCommits } from './answer-for.ts';
import { isWhole, keyOf, mostParts, partsOf } from './parts.ts';
import { type Answered, answerOf } from './wait.ts';
import { forJob } from './with-fleet.ts';

/**
 * A request to a fleet. `contract`: the parsed contract. `text`: the contract's text, which is sent to the worker. `by`: the user who asks.
 */
export type Asked = {
  what: FleetJob['what'];
  url: string;
  on: string;
  base: string;
  head: string;
  contract: Contract;
  text: string;
  noWorseThan: number | null;
  /** The repository from which workers fetch both commits. Null if the job carries the commits. */
  remote: string | null;
  by: string;
};

/** The answer of one host to its part of a request. */
export type PartAnswer = Answered & { part: SuitePart };
export type Answers = readonly [PartAnswer, ...PartAnswer[]];

/**
 * Asks a class or a host of a fleet to compare two commits, or to bisect between them, and waits for the answers. `take` receives the
 * answers before the fleet deletes them. The hosts of a class share the benchmarks of a suite. Every other request has one part. If a
 * project repeats a request, the new call continues with the jobs of the earlier call. An abort cancels the jobs.
 * @throws fleet_no_target, fleet_untracked, fleet_sources_large, fleet_job_failed, fleet_cancelled, interrupted, and the errors of
 * `openFleet`
 */
export async function askFleet<T>(
  repo: Repo,
  world: World,
  asked: Asked,
  take: (answers: Answers) => Promise<T>,
): Promise<T> {
  const { on, what } = asked;
  const ends = { base: await commitOf(repo, asked.base), head: await resolveCommit(repo, asked.head) };
  await mustBeTracked(repo, ends, asked.contract);
  const key = sha256(
    JSON.stringify([what, asked.by, repo.project, queueOf(on), ends, asked.text, asked.noWorseThan, asked.remote]),
  );
  return forJob(asked.url, world, async (fleet) => {
    await mustHaveTarget(fleet, on);
    const most = what === 'compare' ? mostParts(asked.contract) : 1;
    const jobs = await placed(fleet, repo, await partsOf(fleet, { key, on, most }), { asked, ends, key });
    const answers: PartAnswer[] = [];
    const waits = jobs.map(({ at, part }) => async (signal: AbortSignal) => {
      const name = isWhole(part) ? null : `Part ${part.index + 1} of ${part.of}`;
      const own = { ...world, signal, on, notify: name === null ? world.notify : notesOf(name, world.notify) };
      answers.push({ ...(await endedWell(fleet, at, own, () => answerOf(fleet, at, own))), part });
    });
    let areAll = false;
    try {
      await allAtOnce(world.signal, waits);
      areAll = true;
      answers.sort((a, b) => a.part.index - b.part.index);
      return await take(answers as [PartAnswer, ...PartAnswer[]]);
    } finally {
      // if one part fails, the fleet keeps the results of the other parts until the same request is repeated
      if (areAll || world.signal.aborted) for (const { job } of answers) await delivered(fleet, job);
    }
  });
}

type Ends = { base: string; head: string };

/** Refuses untracked protected files, because a job carries only commits. @throws fleet_untracked */
async function mustBeTracked(repo: Repo, { base, head }: Ends, contract: Contract): Promise<void> {
  const trees = { base: await treeOf(repo, base), head: await treeOf(repo, head) };
  const { paths } = await withUntracked(repo, trees, contract.guards.protected);
  if (paths.length > 0) throw failure('fleet_untracked', { files: paths });
}

type Job = { at: Keyed; part: SuitePart };

/** The jobs of all parts of a request. Sends the jobs that no earlier call sent. @throws fleet_sources_large */
async function placed(
  fleet: Fleet,
  repo: Repo,
  parts: readonly SuitePart[],
  { asked, ends, key }: { asked: Asked; ends: Ends; key: string },
): Promise<Job[]> {
  const jobs: Job[] = [];
  const unsent: Job[] = [];
  for (const part of parts) {
    const { place: at, isNew } = await placeFor(fleet, asked.on, keyOf(key, part));
    jobs.push({ at, part });
    if (isNew) unsent.push({ at, part });
  }
  const { what, base, head, text: contract, noWorseThan: no_worse_than, remote, by } = asked;
  const whole = { what, ...ends, names: { base, head }, prefix: repo.prefix, contract, no_worse_than, remote, by };
  const askedFor = ({ at, part }: Job) => ({ at, asked: isWhole(part) ? whole : { ...whole, part } });
  if (remote === null) await sendCommits(fleet, repo, unsent.map(askedFor), { mayCut: what === 'compare' });
  else
    for (const job of unsent.map(askedFor))
      await send(fleet, job.at, { asked: { ...job.asked, shallow: [] }, sources: null });
  return jobs;
}
