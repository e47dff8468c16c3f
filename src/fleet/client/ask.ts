import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf } from '../../compare/commits.ts';
import { withUntracked } from '../../compare/untracked.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { failure } from '../../core/errors.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { sha256 } from '../../core/hash.ts';
import type { World } from '../../core/world.ts';
import { writeBundle } from '../../git/bundle.ts';
import { type Repo, resolveCommit, treeOf } from '../../git/repo.ts';
import { type FleetJob, MOST_MB } from '../job.ts';
import { queueOf } from '../names.ts';
import { delivered } from '../queue/follow.ts';
import { type Fleet, openFleet } from '../queue/open.ts';
import { cancel, jobOf, mustHaveTarget, send } from '../queue/send.ts';
import { type Answered, answerOf } from './wait.ts';

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
  // An abort is for the job: what tells the fleet of it must still come through.
  const fleet = await openFleet(asked.url, 'client', { clock: world.clock, signal: new AbortController().signal });
  try {
    await mustHaveTarget(fleet, asked.on);
    const place = (await jobOf(fleet, key)) ?? { job: await sent(fleet, repo, { asked, ends, queue, key }), queue };
    try {
      const answered = await answerOf(fleet, place, { ...world, on: asked.on });
      try {
        return await take(answered);
      } finally {
        await delivered(fleet, place.job);
      }
    } catch (error) {
      if (world.signal.aborted) await cancel(fleet, place);
      throw error;
    }
  } finally {
    await fleet.close();
  }
}

type Ends = { base: string; head: string };

/** Files that only this work tree holds would be missing there. @throws fleet_untracked */
async function mustBeTracked(repo: Repo, { base, head }: Ends, contract: Contract): Promise<void> {
  const trees = { base: await treeOf(repo, base), head: await treeOf(repo, head) };
  const { paths } = await withUntracked(repo, trees, contract.guards.protected);
  if (paths.length > 0) throw failure('fleet_untracked', { files: paths });
}

type Sending = { asked: Asked; ends: Ends; queue: string; key: string };

/** @throws fleet_sources_large */
async function sent(fleet: Fleet, repo: Repo, { asked, ends, queue, key }: Sending): Promise<string> {
  const job = randomUUID();
  const journey = {
    ...{ what: asked.what, ...ends, names: { base: asked.base, head: asked.head }, prefix: repo.prefix },
    ...{ contract: asked.text, no_worse_than: asked.noWorseThan, remote: asked.remote, by: asked.by },
  };
  if (asked.remote !== null) {
    await send(fleet, { job, queue, key }, { asked: { ...journey, shallow: [] }, sources: null });
    return job;
  }
  const folder = temporaryDir(tmpdir(), 'perf-gate-fleet-');
  try {
    const sources = join(folder, 'sources.bundle');
    const { bytes, shallow } = await writeBundle(repo, ends, {
      file: sources,
      most: MOST_MB * MB,
      mayCut: asked.what === 'compare',
    });
    if (bytes > MOST_MB * MB) throw failure('fleet_sources_large', { mb: Math.ceil(bytes / MB), most_mb: MOST_MB });
    await send(fleet, { job, queue, key }, { asked: { ...journey, shallow }, sources });
    return job;
  } finally {
    remove(folder);
  }
}

const MB = 1024 ** 2;
