import { seededRandom } from '../../src/stats/rng.ts';
import { attempt, type Design, designOn, noWorseContract } from './attempt.ts';
import { gaussian, type MachineKind } from './noise.ts';
import type { Count } from './simulate.ts';

/** How often one attempt of a kind is accepted (no worse: held), rejected (regressed), and what it costs on average. */
export type Rates = { machine: string; truth: number; accepted: Count; rejected: Count; executions: number };

/** Attempts with this true effect, each of a run of its own, so that the baseline's choice of the looks is part of the rate. */
export function ratesOf(kind: MachineKind, design: Design, { truth, attempts, seed }: Asked): Rates {
  const machine = kind.make(seededRandom(`${seed} ${kind.name} rates ${truth}`));
  const seen = Array.from({ length: attempts }, (_, i) =>
    attempt(designOn(machine, design), { number: 1, truth, seed: `${seed} ${truth} ${i}`, machine }),
  );
  const of = (verdict: string): Count => ({ of: attempts, count: seen.filter((a) => a.verdict === verdict).length });
  const executions = seen.reduce((sum, a) => sum + a.executions, 0) / attempts;
  return { machine: kind.name, truth, accepted: of('accepted'), rejected: of('rejected'), executions };
}

type Asked = { truth: number; attempts: number; seed: string };

/** Whether a change is no worse than 3 %: what changes nothing, what is worse by the margin, and what is worse by twice as much. */
export const noWorseRates = (asked: Omit<Asked, 'truth'>): Rates[] =>
  [2, 5].flatMap((sigma) =>
    [0, -margin, -2 * margin].map((truth) =>
      ratesOf(gaussian(sigma), { contract: noWorseContract(margin), test: 'mann_whitney' }, { ...asked, truth }),
    ),
  );

export const margin = 3;
