import { median } from '../../src/stats/robust.ts';
import { table } from '../shared/table.ts';
import type { Day, Simulated } from './day.ts';
import type { QueueFigures, Taken } from './queue.ts';

/** The days that a fleet's database keeps a job. */
const KEPT_DAYS = 30;
/** Seconds between two queries of an idle worker. */
const LOOK_S = 5;
/** The usable share of the server's rounds; above it, waits grow. */
const PLANNED = 0.5;

export type Goal = { goal: string; seen: string; reached: boolean };

export const takenText = (taken: readonly Taken[]): string =>
  table(
    ['ms', 'median', '95 %', 'longest', 'times'],
    taken.map(({ what, ms }) => [what, one(median(ms)), one(at(ms, 0.95)), one(Math.max(...ms)), `${ms.length}`]),
  );

export const takenGoals = (taken: readonly Taken[], jobs: number): Goal[] =>
  taken.map(({ what, ms }) => ({
    goal: `${what} under 50 ms with ${jobs} jobs that wait`,
    seen: `${one(median(ms))} ms, 95 % within ${one(at(ms, 0.95))}`,
    reached: at(ms, 0.95) < 50,
  }));

/** The load of a fleet on its database, computed from the measured costs. */
export function dayText(day: Day, simulated: Simulated, { bytesPerJob, idleRounds, busyRounds }: QueueFigures): string {
  const idle = ((1 - simulated.busy) * day.hosts) / LOOK_S;
  const load = idle / idleRounds + simulated.claimsPerS / busyRounds;
  const gigabytes = (bytesPerJob * day.jobs * KEPT_DAYS) / 1e9;
  const hostsAtMost = Math.floor(PLANNED * idleRounds * LOOK_S);
  const rows: [string, string][] = [
    ['hosts, classes, jobs a day', `${day.hosts}, ${day.classes}, ${day.jobs} of ${day.meanS} s on average`],
    ['hosts that measure, on average', percent(simulated.busy)],
    ['claims in the busiest minute', `${simulated.claimsPerS.toFixed(2)} a second`],
    [
      'a job waits for a host',
      `${simulated.waitMedianS.toFixed(1)} s in the middle, 95 % within ${simulated.wait95S.toFixed(1)} s`,
    ],
    ['looks of hosts without a job', `${idle.toFixed(0)} a second; this server does ${idleRounds.toFixed(0)}`],
    ['jobs from being sent to their end', `this server does ${busyRounds.toFixed(0)} a second`],
    ['the server is busy', percent(load)],
    [
      'the database holds',
      `${gigabytes.toFixed(1)} GB (${(bytesPerJob / 1000).toFixed(1)} kB a job, ${KEPT_DAYS} days)`,
    ],
    ['the limit: hosts that look at half of its power', `${hostsAtMost}`],
  ];
  return rows.map(([what, figure]) => `${what.padEnd(48)} ${figure}`).join('\n');
}

export const goalsText = (goals: readonly Goal[]): string =>
  ['Goals\n', ...goals.map((g) => `${g.reached ? '✓' : '✗ MISSED'} ${g.goal}: ${g.seen}`)].join('\n');

const at = (ms: readonly number[], share: number) => [...ms].sort((a, b) => a - b)[Math.ceil(share * ms.length) - 1]!;
const one = (ms: number) => ms.toFixed(1);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
