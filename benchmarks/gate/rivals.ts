import { mean, sampleVariance } from 'simple-statistics';
import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { median } from '../../src/stats/robust.ts';
import { durationOf } from './attempt.ts';
import type { Machine } from './noise.ts';

/** Another procedure that decides whether a change is `pct` per cent faster, with ten executions per arm. `run` returns acceptance per attempt. */
export type Rival = { name: string; run(machine: Machine, truths: readonly number[], pct: number): boolean[] };

const runs = 10;

const executions = (machine: Machine, arm: 'base' | 'candidate', truth: number) =>
  Array.from({ length: runs }, () => durationOf({ arm }, { truth, machine }));

/** Measures, for each attempt, first the base and then the candidate, as such tools do. */
const afresh = (accepts: (base: number[], candidate: number[], pct: number) => boolean): Rival['run'] => {
  return (machine, truths, pct) =>
    truths.map((truth) => {
      machine.rest();
      const base = executions(machine, 'base', truth);
      return accepts(base, executions(machine, 'candidate', truth), pct);
    });
};

const faster = (base: number, candidate: number, pct: number) => candidate <= base * (1 - pct / 100);

export const rivals: readonly Rival[] = [
  {
    name: 'means, 2 sigma',
    run: afresh((base, candidate, pct) => {
      const error = Math.sqrt(sampleVariance(base) / runs + sampleVariance(candidate) / runs);
      return faster(mean(base), mean(candidate), pct) && mean(base) - mean(candidate) > 2 * error;
    }),
  },
  {
    name: 'benchstat 10+10',
    run: afresh(
      (base, candidate, pct) =>
        faster(median(base), median(candidate), pct) && mannWhitney(base, candidate).twoSided < 0.05,
    ),
  },
  {
    name: 'one baseline',
    run(machine, truths, pct) {
      const base = executions(machine, 'base', 0);
      return truths.map((truth) => {
        machine.rest();
        return faster(mean(base), mean(executions(machine, 'candidate', truth)), pct);
      });
    },
  },
];
