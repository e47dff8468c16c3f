import { seededRandom } from '../../src/stats/rng.ts';
import { attempt, type Design, designOn, noWorseContract } from './attempt.ts';
import { gaussian, type MachineKind } from './noise.ts';
import type { Count } from './simulate.ts';

/** How often one attempt is accepted (for “no worse”: held) and rejected (regressed), and its mean number of executions. */
export type Rates = { machine: string; truth: number; accepted: Count; rejected: Count; executions: number };

/** Attempts with this true effect, each in a separate run, so that the rate includes the baseline's choice of looks. */
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

/** Rates for “no worse than 3 %”: without a change, with a change by the margin, and by twice the margin. */
export const noWorseRates = (asked: Omit<Asked, 'truth'>): Rates[] =>
  [2, 5].flatMap((sigma) =>
    [0, -margin, -2 * margin].map((truth) =>
      ratesOf(gaussian(sigma), { contract: noWorseContract(margin), test: 'mann_whitney' }, { ...asked, truth }),
    ),
  );

export const margin = 3;
