import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../src/core/clock.ts';
import { temporaryDir, writeWhole } from '../../src/core/fs.ts';
import type { FleetJob } from '../../src/fleet/job.ts';
import { queueOf } from '../../src/fleet/names.ts';
import { claim, finish, keep } from '../../src/fleet/queue/claim.ts';
import { standingOf } from '../../src/fleet/queue/follow.ts';
import { join as joinFleet, type Member, stillThere } from '../../src/fleet/queue/hosts.ts';
import { attempts, hosts, openJobs } from '../../src/fleet/queue/look.ts';
import { type Fleet, openFleet } from '../../src/fleet/queue/open.ts';
import { type Place, send } from '../../src/fleet/queue/send.ts';

/** Durations of a statement or a round of statements, in ms. */
export type Taken = { what: string; ms: number[] };

/** The cost of a queue with many jobs. `bytesPerJob`: size of a finished job in the database. */
export type QueueFigures = { taken: Taken[]; bytesPerJob: number; idleRounds: number; busyRounds: number };

const CLASS = 'quiet';
/** Parallel clients; the engine uses further connections of the four that a fleet has. */
const CLIENTS = 3;
/** Seconds for which rounds are repeated as fast as possible. */
const SATURATE_S = 5;

/** Fills a queue, then claims, ends and looks up jobs while it is full. `place`: a folder for the sources to send. */
export async function queueFigures(url: string, place: string, jobs: number): Promise<QueueFigures> {
  const world = { clock: systemClock, signal: new AbortController().signal };
  const fleet = await openFleet(url, 'worker', world);
  try {
    const members = Array.from({ length: CLIENTS }, (_, i) => memberOf(`host-${i + 1}`));
    for (const member of members) await joinFleet(fleet, member, [queueOf(member.host), queueOf(CLASS)]);
    const empty = await sizeOf(fleet);
    const sources = join(temporaryDir(place, 'sources-'), 'sources.bundle');
    writeWhole(sources, 'x'.repeat(64 * 1024));
    const last = await filled(fleet, sources, jobs);
    const taken = await timed(fleet, members[0]!, last);
    await sideBySide(members.length, jobs - ROUNDS, (i) => doneOne(fleet, members[i]!));
    await fleet.sql('VACUUM');
    const bytesPerJob = (await sizeOf(fleet)) - empty;
    const [idleRounds, busyRounds] = [
      await saturated((i) => idleRound(fleet, members[i]!)),
      await busy(fleet, members, sources),
    ];
    return { taken, bytesPerJob: bytesPerJob / jobs, idleRounds, busyRounds };
  } finally {
    await fleet.close();
  }
}

const ROUNDS = 200;

const memberOf = (host: string): Member => ({
  ...{ host, class: CLASS, worker: randomUUID(), boot: randomUUID() },
  about: { version: '0', node: process.version, cpu: 'none', cores: 1, platform: process.platform },
});

async function filled(fleet: Fleet, sources: string, jobs: number): Promise<Place> {
  let place: Place = { job: '', queue: queueOf(CLASS) };
  await sideBySide(CLIENTS, jobs, async () => {
    place = await sentOne(fleet, sources);
  });
  return place;
}

async function sentOne(fleet: Fleet, sources: string): Promise<Place> {
  const place = { job: randomUUID(), queue: queueOf(CLASS) };
  await send(fleet, { ...place, key: place.job }, { asked, sources });
  return place;
}

const commit = 'a'.repeat(40);
const asked: FleetJob = {
  ...{ what: 'compare', base: commit, head: commit, names: { base: 'main', head: 'HEAD' }, shallow: [], prefix: '' },
  ...{ contract: 'x'.repeat(1000), no_worse_than: null, remote: null, by: 'bench' },
};

/** A comparison's answer of typical length. */
const answer = { exit_code: 0, answer: JSON.stringify({ verdict: 'x'.repeat(4000) }), record: null };

async function timed(fleet: Fleet, member: Member, last: Place): Promise<Taken[]> {
  const taken = new Map<string, number[]>();
  const of = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await act();
    taken.set(what, [...(taken.get(what) ?? []), performance.now() - began]);
    return result;
  };
  for (let i = 0; i < ROUNDS; i++) {
    const claimed = await of('claim', () => claimOne(fleet, member));
    await of('heartbeat', () => keep(fleet, claimed!, []));
    await of('finish', () => finish(fleet, claimed!, answer));
    if (i % 10 > 0) continue;
    await of('standing of a job', () => standingOf(fleet, last));
    await of('fleet hosts', () => hosts(fleet));
    await of('fleet jobs', () => openJobs(fleet));
    await of('fleet history', () => attempts(fleet, 50));
  }
  return [...taken].map(([what, ms]) => ({ what, ms }));
}

const claimOne = (fleet: Fleet, { host }: Member) =>
  claim(fleet, { host, class: CLASS, lease: 30 }, [queueOf(host), queueOf(CLASS)]);

async function doneOne(fleet: Fleet, member: Member): Promise<void> {
  const claimed = await claimOne(fleet, member);
  if (claimed) await finish(fleet, claimed, answer);
}

/** The queries of an idle worker every five seconds. */
async function idleRound(fleet: Fleet, member: Member): Promise<void> {
  await stillThere(fleet, member, null);
  await claimOne(fleet, member);
}

/** The statements of one job: send, claim, keep and end. */
const busy = (fleet: Fleet, members: readonly Member[], sources: string) =>
  saturated(async (i) => {
    await sentOne(fleet, sources);
    await doneOne(fleet, members[i]!);
  });

/** The most rounds per second. */
async function saturated(round: (i: number) => Promise<void>): Promise<number> {
  const until = performance.now() + 1000 * SATURATE_S;
  let rounds = 0;
  const client = async (i: number) => {
    for (; performance.now() < until; rounds++) await round(i);
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(i)));
  return rounds / SATURATE_S;
}

async function sideBySide(clients: number, times: number, act: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const client = async (i: number) => {
    while (next++ < times) await act(i);
  };
  await Promise.all(Array.from({ length: clients }, (_, i) => client(i)));
}

async function sizeOf({ sql }: Fleet): Promise<number> {
  const [row] = await sql(
    `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname LIKE 'perf_gate%' AND c.relkind IN ('r', 'p')`,
  );
  return Number(row?.bytes);
}
