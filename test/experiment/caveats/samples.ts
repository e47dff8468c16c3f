import { parseContract } from '../../../src/contract/parse.ts';
import type { Contract } from '../../../src/contract/schema/contract.ts';
import { noFigures } from '../../../src/measure/instruments/figures.ts';
import type { Sample } from '../../../src/measure/sessions/sample.ts';
import { type ContractChange, contractText } from '../../helpers/project.ts';

/** The figures of one execution; CPU time is unknown where it is left out. `value` is that of the primary metric. */
export type Run = { value: number; wall?: number; cpu?: number; warmup?: boolean };

/** What the program of a contract prints of its own time, in ms. */
const ownTime = { name: 'own', unit: 'ms', source: { stdout: 'metric', key: 'own' } };

export const contractOf = (primary: object = ownTime, change: ContractChange = {}): Contract =>
  parseContract(contractText({ metrics: { primary }, ...change }), 'c.yaml');

/** The samples of both arms; the primary metric is called `own`. */
export function samplesOf(base: readonly Run[], candidate: readonly Run[]): Sample[] {
  const of = (arm: Sample['arm'], runs: readonly Run[]) =>
    runs.map(({ value, wall = 100, cpu, warmup = false }, i) => ({
      ...noFigures,
      arm,
      pair: i,
      warmup,
      metrics: { own: value },
      wall_ms: wall,
      user_ms: cpu ?? null,
      sys_ms: cpu === undefined ? null : 0,
    }));
  return [...of('base', base), ...of('candidate', candidate)] as unknown as Sample[];
}

/** Executions that differ a little from each other, in an order that depends on `seed` alone. */
export const around = (run: Required<Pick<Run, 'value' | 'wall' | 'cpu'>>, n: number, seed = 1): Run[] =>
  Array.from({ length: n }, (_, i) => {
    const off = 1 + (((i * 7 + seed * 3) % 5) - 2) / 100;
    return { value: run.value * off, wall: run.wall * off, cpu: run.cpu * off };
  });
