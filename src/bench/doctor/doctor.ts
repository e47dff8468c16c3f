import type { World } from '../../core/world.ts';
import { cacheChecks } from './cache-folder.ts';
import { type Check, type Checked, checked, machineAt } from './check.ts';
import { contentionChecks } from './contention.ts';
import { measureNoise, type Noise } from './noise.ts';
import { processorChecks } from './processor.ts';
import { programChecks } from './programs.ts';
import { runQueueChecks } from './run-queue.ts';

/** All checks, in the order of the output. To add a check, add a row to one of the tables of checks. */
export const checks: readonly Check[] = [
  ...programChecks,
  ...cacheChecks,
  ...processorChecks,
  ...contentionChecks,
  ...runQueueChecks,
];

/** The results of all checks of this machine, and the noise that was measured on it. `noise` is null if no instrument works. */
export type Diagnosis = { checks: Checked[]; noise: Noise | null };

/** Runs all checks, then measures the noise. The results of the checks help to explain a large noise. */
export async function examine(world: World): Promise<Diagnosis> {
  const machine = machineAt('/', world.env);
  const done: Checked[] = [];
  for (const check of checks) done.push(await checked(check, machine)); // one check at a time, because checks load the machine
  if (done.some((c) => c.id === 'instrument' && c.status === 'fail')) return { checks: done, noise: null };
  const { noise, check: last } = await measureNoise(world);
  return { checks: [...done, last], noise };
}
