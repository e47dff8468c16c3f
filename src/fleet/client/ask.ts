import { commitOf } from '../../compare/commits.ts';
import { withUntracked } from '../../compare/untracked.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { World } from '../../core/world.ts';
import { type Repo, resolveCommit, treeOf } from '../../git/repo.ts';
import type { FleetJob } from '../job.ts';
import { queueOf } from '../names.ts';
import { delivered } from '../queue/follow.ts';
import type { Fleet } from '../queue/open.ts';
import { mustHaveTarget, send } from '../queue/send.ts';
import { answerFor, type Keyed, sendCommits } from './answer-for.ts';
import type { Answered } from './wait.ts';
import { forJob } from './with-fleet.ts';

/** What another machine is to do. `contract`: as it was read; `text`: as it travels. `by`: who asks, for people. */
export type Asked = {
  what: FleetJob['what'];
  url: string;
  on: string;
  base: string;
  head: string;
  contract: Contract;
  text: string;
  noWorseThan: number | null;
  /** The repository that has both commits, so that they need not travel. */
  remote: string | null;
  by: string;
};

/**
 * Has two commits compared, or bisected between, on a class or a host of a fleet, and waits for the answer, which `take` receives before the fleet forgets it. The same question from the
 * same place goes on with the job that an earlier call left behind. An abort cancels the job.
 * @throws fleet_no_target, fleet_untracked, fleet_sources_large, fleet_job_failed, fleet_cancelled, interrupted, and what opening a fleet throws
 */
export async function askFleet<T>(
  repo: Repo,
  world: World,
  asked: Asked,
  take: (answered: Answered) => Promise<T>,
): Promise<T> {
  const ends = { base: await commitOf(repo, asked.base), head: await resolveCommit(repo, asked.head) };
  await mustBeTracked(repo, ends, asked.contract);
  const queue = queueOf(asked.on);
  const key = sha256(
    JSON.stringify([asked.what, asked.by, repo.project, queue, ends, asked.text, asked.noWorseThan, asked.remote]),
  );
  return forJob(asked.url, world, async (fleet) => {
    await mustHaveTarget(fleet, asked.on);
    const job = { on: asked.on, key, sent: (at: Keyed) => sent(fleet, repo, at, { asked, ends }) };
    return answerFor(fleet, world, job, async (answered) => {
      try {
        return await take(answered);
      } finally {
        await delivered(fleet, answered.job);
      }
    });
  });
}

type Ends = { base: string; head: string };

/** Files that only this work tree holds would be missing there. @throws fleet_untracked */
async function mustBeTracked(repo: Repo, { base, head }: Ends, contract: Contract): Promise<void> {
  const trees = { base: await treeOf(repo, base), head: await treeOf(repo, head) };
  const { paths } = await withUntracked(repo, trees, contract.guards.protected);
  if (paths.length > 0) throw failure('fleet_untracked', { files: paths });
}

/** @throws fleet_sources_large */
async function sent(fleet: Fleet, repo: Repo, at: Keyed, { asked, ends }: { asked: Asked; ends: Ends }): Promise<void> {
  const { what, base, head, text: contract, noWorseThan: no_worse_than, remote, by } = asked;
  const names = { base, head };
  const job = { what, ...ends, names, prefix: repo.prefix, contract, no_worse_than, remote, by };
  if (remote === null) await sendCommits(fleet, repo, at, { asked: job, mayCut: what === 'compare' });
  else await send(fleet, at, { asked: { ...job, shallow: [] }, sources: null });
}
