import { newestRules } from '../../src/stats/rule.ts';
import { contractFor } from './attempt.ts';
import { type Goal, goalsOf } from './goals.ts';
import { biased, gaussian, quietMachines, rudeMachines } from './noise.ts';
import { type PlantedRow, planted } from './planted.ts';
import { noWorseRates, type Rates, ratesOf } from './rates.ts';
import { rivals } from './rivals.ts';
import { type Effort, type GateRow, type RivalRow, simulateGate, simulateRival } from './simulate.ts';
import { traces } from './traces.ts';

export type Figures = {
  machine: string;
  effort: Effort;
  gate: GateRow[];
  /** The same under rules 1, which perf-gate used before version 0.2: quiet machines, T = 10 %, Mann-Whitney. */
  before: GateRow[];
  /** Ten attempts at 0.9 T with a bias of every session, without and with `session_effect_pct`. */
  biased: (GateRow & { sessionEffectPct: number })[];
  /** Attempts at exactly T = 10 %, Mann-Whitney. */
  atThreshold: Rates[];
  /** Attempts that ask whether a change is no worse than 3 %. */
  noWorse: Rates[];
  rivals: RivalRow[];
  planted: PlantedRow[];
  goals: Goal[];
};

export type Asked = {
  quick: boolean;
  effort: Effort;
  /** Numbers of runs that replace the contract's defaults, to try a variant. */
  runs: { first?: number; last?: number };
};

const tests = ['mann_whitney', 'wilcoxon_signed_rank'] as const;

/** Every machine at thresholds of 5, 10 and 20 %. `quick`: only at 10 %, without the smallest noise and without real processes. */
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
  const biasedRows = (quick ? [1] : [1, 2, 5]).flatMap((sigma) =>
    [0, 2].map((sessionEffectPct) => {
      const contract = contractFor(10, runs, newestRules, sessionEffectPct);
      return { ...simulateGate(biased(sigma, 2), { contract, test }, effort), sessionEffectPct };
    }),
  );
  const rated = { attempts: effort.rated, seed: effort.seed };
  const atThreshold = (quick ? [5] : [1, 2, 5, 10]).map((sigma) =>
    ratesOf(gaussian(sigma), { contract: contractFor(10, runs), test }, { ...rated, truth: 10 }),
  );
  const noWorse = noWorseRates(rated);
  const others = cases.flatMap(({ kind, pct }) => rivals.map((rival) => simulateRival(kind, pct, rival, effort)));
  const real = quick ? [] : await planted(5);
  const quiet = quietMachines.map((kind) => kind.name);
  const seen = { gate, biased: biasedRows, atThreshold, noWorse };
  return { machine, effort, ...seen, before, rivals: others, planted: real, goals: goalsOf(seen, quiet) };
}
