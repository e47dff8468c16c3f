import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../src/stats/robust.ts';
import { postgres } from '../test/helpers/postgres.ts';
import { type Day, simulatedDay } from './fleet/day.ts';
import { overhead } from './fleet/overhead.ts';
import { queueFigures } from './fleet/queue.ts';
import { dayText, type Goal, goalsText, takenGoals, takenText } from './fleet/text.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// The cost of a fleet: its queue while many jobs wait, the overhead of one job, and a simulated day of 500 hosts. Exit code 1: a goal is missed. See
// docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: 'perf-gate' },
  },
});
const day: Day = { hosts: 500, classes: 5, jobs: 50_000, meanS: 300, seed: values.seed };
const jobs = Number(values.jobs);
const place = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-bench-fleet-')));
const server = await postgres();
try {
  const taken = await overhead(server.url, place, Number(values.rounds));
  const queue = await queueFigures(server.url, place, jobs);
  const simulated = simulatedDay(day);
  const more = median(taken.on.map((on, i) => on - taken.here[i]!));
  const goals: Goal[] = [
    ...takenGoals(queue.taken, jobs),
    {
      goal: 'a job takes at most 2 s longer than the same comparison here',
      seen: `${more.toFixed(2)} s (${median(taken.on).toFixed(2)} s for ${median(taken.here).toFixed(2)} s)`,
      reached: more < 2,
    },
  ];
  print(
    values.json
      ? JSON.stringify({ machine: machineLine(), seed: values.seed, queue, overhead: taken, day, simulated, goals })
      : [
          `${machineLine()}; PostgreSQL on the same machine; seed "${values.seed}"`,
          `While ${jobs} jobs wait`,
          takenText(queue.taken),
          'A day, simulated',
          dayText(day, simulated, queue),
          goalsText(goals),
        ].join('\n\n'),
  );
  process.exitCode = goals.every(({ reached }) => reached) ? 0 : 1;
} finally {
  await server.stop();
  rmSync(place, { recursive: true, force: true, maxRetries: 3 });
}
