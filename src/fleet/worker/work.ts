import { randomUUID } from 'node:crypto';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { userCache } from '../../core/locate.ts';
import { takeLock } from '../../core/lock.ts';
import { bootId } from '../../core/processes.ts';
import { sweepFoldersIn } from '../../core/temporary-files.ts';
import type { World } from '../../core/world.ts';
import { dropAbandoned } from '../../experiment/arms-folder.ts';
import { queueOf } from '../names.ts';
import { type Bell, bell } from '../queue/bell.ts';
import { type Claim, claim, finish, giveBack, keep, lost } from '../queue/claim.ts';
import { hold } from '../queue/govern.ts';
import { join as joinFleet, leave, type Member, stillThere, sweep } from '../queue/hosts.ts';
import { type Fleet, openFleet } from '../queue/open.ts';
import { type Bench, carryOut } from './carry-out.ts';
import { processorsInUse } from './idle.ts';
import { lookOver } from './look-over.ts';
import { printed } from './printed.ts';

/**
 * The settings of a worker. `lease`: the number of seconds without a sign of life after which another worker can take over this worker's
 * job. `busyPct`: the worker takes no job while other programs use more than this percentage of the processors. `lookedOver`: whether the
 * worker checks its machine when it joins and every week.
 */
export type Worker = Omit<Bench, 'env'> & {
  url: string;
  class: string;
  version: string;
  once: boolean;
  lease: number;
  busyPct: number;
  lookedOver: boolean;
};

type Surroundings = World & { note(text: string): void };

/** The interval in ms at which a worker without a job gives a sign of life, and looks for jobs whose notification was lost. */
const LOOK_MS = 5000;
/** The interval in ms of signs of life while the worker waits for its machine to become idle. */
const BUSY_MS = 1000;
/** The interval in ms at which the worker deletes data that no job needs. */
const SWEEP_MS = 3600_000;

const FOLDER = 'perf-gate-fleet-';

/**
 * Takes jobs and carries them out, one at a time, until the signal aborts. With `once`, carries out only one job.
 * @throws fleet_host_taken, and the errors of `openFleet`
 */
export async function work(worker: Worker, world: Surroundings): Promise<void> {
  const own = takeLock(join(userCache(world.env), 'fleet', `${worker.host}.lock`), `the worker ${worker.host}`);
  if ('heldBy' in own) throw failure('fleet_host_taken', { host: worker.host, seen: own.heldBy.since });
  sweepFoldersIn(tmpdir(), FOLDER);
  dropAbandoned(world.env);
  try {
    const fleet = await openFleet(worker.url, 'worker', world);
    try {
      await jobs(fleet, worker, world);
    } finally {
      await fleet.close();
    }
  } finally {
    own.release();
  }
}

async function jobs(fleet: Fleet, worker: Worker, world: Surroundings): Promise<void> {
  const { host, class: name, lease } = worker;
  const { signal, clock, note } = world;
  const queues = [...new Set([queueOf(host), queueOf(name)])];
  const member = memberOf(worker);
  await joinFleet(fleet, member, queues);
  const { ring, wait } = bell();
  let current: string | null = null;
  fleet.hear((what) => {
    if (what === null || what === current || queues.includes(what)) ring();
  });
  note(`${host} is a host of the class ${name}.`);
  const waitsFor = processorsInUse(worker.busyPct, clock);
  let noted: string | null = null;
  let swept = -Infinity;
  while (!signal.aborted) {
    const waits = await waitsFor();
    const { held, due } = await stillThere(fleet, member, waits);
    const why = held ?? waits;
    const state = held ?? (waits === null ? null : 'busy'); // the percentage in `waits` changes, but a busy machine is reported only once
    if (state !== noted) note(why === null ? `${host} takes jobs again.` : `${host} takes no jobs: ${why}`);
    noted = state;
    if (why === null && due && worker.lookedOver) {
      const unfit = await lookOver(fleet, host, world);
      if (unfit !== null) await hold(fleet, host, unfit);
      await waitsFor(); // the next measurement of the processors' use starts here, so it leaves out the check
      continue;
    }
    const claimed = why === null ? await claim(fleet, { host, class: name, lease }, queues) : undefined;
    if (claimed) {
      current = claimed.job;
      await oneJob(fleet, claimed, { ...worker, ...world, ring, wait });
      current = null;
      if (worker.once) break;
      await waitsFor();
      continue;
    }
    if (clock.ms() - swept > SWEEP_MS) {
      await sweep(fleet.sql);
      swept = clock.ms();
    }
    await wait(waits === null ? LOOK_MS : BUSY_MS, signal);
  }
  await leave(fleet, member);
}

function memberOf({ host, class: name, version }: Worker): Member {
  const [first, ...others] = cpus();
  const cores = first ? 1 + others.length : 0;
  const about = { version, node: process.version, cpu: first?.model ?? 'unknown', cores, platform: process.platform };
  return { host, class: name, worker: randomUUID(), boot: bootId() || randomUUID(), about };
}

/** Carries out one job, and renews the lease of the job until its end. */
async function oneJob(fleet: Fleet, claimed: Claim, at: Worker & Surroundings & Bell): Promise<void> {
  const { note, signal, wait, ring, lease, env, clock } = at;
  note(`Job ${claimed.job.slice(0, 8)}, attempt ${claimed.token + 1}.`);
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const folder = temporaryDir(tmpdir(), FOLDER);
  const clear = () => {
    remove(folder);
    dropAbandoned(env);
  };
  const lines = printed();
  let over = false;
  const keeping = (async () => {
    let kept = -Infinity;
    let rang = true;
    while (!over && !stop.aborted) {
      if (rang || lines.any() || clock.ms() - kept > (lease * 1000) / 3) {
        kept = clock.ms();
        if (!(await keep(fleet, claimed, lines.take()))) ending.abort();
      }
      rang = await wait(1000, stop);
    }
  })();
  try {
    // The job's files are removed before the answer is sent, so that no file of the job is left when the client has the answer.
    const done = await carryOut(fleet, claimed, { ...at, folder, signal: stop, heard: lines.heard }).finally(clear);
    over = true;
    ring();
    await keeping;
    if (ending.signal.aborted) await lost(fleet, claimed);
    else if ('unanswered' in done && signal.aborted) await giveBack(fleet, claimed, 'its worker was stopped');
    else if ('unanswered' in done) await giveBack(fleet, claimed, done.unanswered);
    else if (!(await finish(fleet, claimed, done))) await lost(fleet, claimed);
  } finally {
    over = true;
    ring();
    await keeping.catch(() => {});
  }
}
