import { contractFor } from './attempt.ts';
import { type Goal, goalsOf } from './goals.ts';
import { gaussian, quietMachines, rudeMachines } from './noise.ts';
import { type PlantedRow, planted } from './planted.ts';
import { rivals } from './rivals.ts';
import { type Effort, type GateRow, type RivalRow, simulateGate, simulateRival } from './simulate.ts';
import { traces } from './traces.ts';

export type Figures = {
  machine: string;
  effort: Effort;
  gate: GateRow[];
  /** The same by the rules 1, which perf-gate had before version 0.2: quiet machines, T = 10 %, Mann-Whitney. */
  before: GateRow[];
  rivals: RivalRow[];
  planted: PlantedRow[];
  goals: Goal[];
};

export type Asked = {
  quick: boolean;
  effort: Effort;
  /** Other numbers of runs than a contract's defaults, to try a variant. */
  runs: { first?: number; last?: number };
};

const tests = ['mann_whitney', 'wilcoxon_signed_rank'] as const;

/** Every machine at thresholds of 5, 10 and 20 %; quick: at 10 %, without the small noise and the real processes. */
export async function figuresOf({ quick, effort, runs }: Asked, machine: string): Promise<Figures> {
  const kinds = quick ? [gaussian(5), ...rudeMachines, ...traces()] : [...quietMachines, ...rudeMachines, ...traces()];
  const cases = kinds.flatMap((kind) => (quick ? [10] : [5, 10, 20]).map((pct) => ({ kind, pct })));
  const gate = cases.flatMap(({ kind, pct }) =>
    tests.map((test) => simulateGate(kind, { contract: contractFor(pct, runs), test }, effort)),
  );
  const test = 'mann_whitney';
  const before = quietMachines.map((kind) =>
    simulateGate(kind, { contract: contractFor(10, { first: 8, last: 20 }, 1), test }, effort),
  );
  const others = cases.flatMap(({ kind, pct }) => rivals.map((rival) => simulateRival(kind, pct, rival, effort)));
  const real = quick ? [] : await planted(5);
  const quiet = quietMachines.map((kind) => kind.name);
  return { machine, effort, gate, before, rivals: others, planted: real, goals: goalsOf(gate, quiet) };
}
