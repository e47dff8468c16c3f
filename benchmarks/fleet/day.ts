import { seededRandom } from '../../src/stats/rng.ts';

/** A fleet, and its jobs of a day. */
export type Day = { hosts: number; classes: number; jobs: number; meanS: number; seed: string };

/** The result of a simulated day. `claimsPerS`: in the busiest minute; waits in seconds. */
export type Simulated = { claimsPerS: number; busy: number; waitMedianS: number; wait95S: number; left: number };

const DAY_S = 86_400;

/**
 * Simulates a day of a fleet. Jobs arrive in working hours, mostly in the afternoon (a Poisson process whose rate is a cosine between 0.2 and 1.8
 * times the mean). Their durations are log-normal (σ 0.8). The first free host of the class takes the oldest job.
 */
export function simulatedDay({ hosts, classes, jobs, meanS, seed }: Day): Simulated {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const arrivals = Array.from({ length: jobs }, () => arrival(random)).sort((a, b) => a - b);
  const free = Array.from({ length: classes }, (_, i) => new Array<number>(sizeOfClass(hosts, classes, i)).fill(0));
  const claims = new Map<number, number>();
  const waits: number[] = [];
  let [worked, left] = [0, 0];
  for (const at of arrivals) {
    const of = free[Math.floor(random() * classes)]!;
    const host = of.indexOf(Math.min(...of));
    const begins = Math.max(at, of[host]!);
    const lasts = meanS * Math.exp(0.8 * normal() - 0.32);
    of[host] = begins + lasts;
    waits.push(begins - at);
    worked += Math.max(0, Math.min(begins + lasts, DAY_S) - Math.min(begins, DAY_S));
    if (begins + lasts > DAY_S) left++;
    const minute = Math.floor(begins / 60);
    claims.set(minute, (claims.get(minute) ?? 0) + 1);
  }
  waits.sort((a, b) => a - b);
  return {
    claimsPerS: Math.max(...claims.values()) / 60,
    busy: worked / (hosts * DAY_S),
    waitMedianS: waits[Math.floor(waits.length / 2)]!,
    wait95S: waits[Math.floor(0.95 * waits.length)]!,
    left,
  };
}

function arrival(random: () => number): number {
  for (;;) {
    const at = random() * DAY_S;
    if (1.8 * random() < 1 - 0.8 * Math.cos((2 * Math.PI * (at - 3 * 3600)) / DAY_S)) return at;
  }
}

const sizeOfClass = (hosts: number, classes: number, i: number) =>
  Math.floor(hosts / classes) + (i < hosts % classes ? 1 : 0);
