import { seededRandom } from '../../src/stats/rng.ts';
import { attempt, type Design, designOn } from './attempt.ts';
import type { MachineKind } from './noise.ts';
import type { Rival } from './rivals.ts';

/** Attempts of one run. */
const attempts = 10;

/** The worst change that must not pass, as a share of the threshold. */
const almost = 0.9;

/** `count` of `of`: how often an event happened. */
export type Count = { of: number; count: number };

/** The gate on one machine. `falseRuns`: runs of ten attempts, each 0.9 of the threshold, that accepted any. */
export type GateRow = {
  machine: string;
  pct: number;
  test: string;
  falseRuns: Count;
  /** Runs of ten attempts without any effect that accepted any. */
  falseRunsNoEffect: Count;
  /** Attempts without any effect that ended rejected. */
  rejectedNoEffect: Count;
  /** Attempts that were rejected although the one-sided upper bound reaches the threshold, of all attempts. */
  rejectedUnproved: Count;
  /** Accepted attempts, by the size of the change in multiples of the threshold. */
  power: Record<Worth, Count>;
  /** Mean executions per attempt, with warm-ups: to decline an attempt without effect, and to judge one of twice the threshold. */
  executions: { noEffect: number; twice: number };
};

const worths = [1.25, 1.5, 2] as const;
type Worth = (typeof worths)[number];

/** The amount of simulation. `runs`: runs of ten attempts for the errors; `powerAttempts`: for the power; `rated`: attempts for small rates. */
export type Effort = { runs: number; powerAttempts: number; rated: number; seed: string };

export function simulateGate(kind: MachineKind, design: Design, effort: Effort): GateRow {
  const pct = design.contract.threshold.pct_min;
  // The seed makes the random numbers independent of the order and the selection of rows.
  const machineFor = (what: string) => kind.make(seededRandom(`${effort.seed} ${kind.name} ${what}`));
  const many = (truth: number, n: number, what: string) => {
    const machine = machineFor(what);
    const settled = designOn(machine, design);
    return Array.from({ length: n }, (_, i) => {
      machine.rest();
      return attempt(settled, { number: i + 1, truth, seed: `${effort.seed} ${what}`, machine });
    });
  };
  const runsOf = (truth: number) => Array.from({ length: effort.runs }, (_, i) => many(truth, attempts, `run ${i}`));
  const falseRuns = (runs: ReturnType<typeof runsOf>) => countOf(runs, (r) => r.some((a) => a.verdict === 'accepted'));
  const nothing = runsOf(0);
  const nearly = runsOf(almost * pct);
  // each with its own baseline, because the baseline chooses the looks
  const single = (truth: number, what: string) => {
    const machine = machineFor(what);
    return Array.from({ length: effort.powerAttempts }, (_, i) => {
      machine.rest();
      return attempt(designOn(machine, design), { number: 1, truth, seed: `${effort.seed} ${what} ${i}`, machine });
    });
  };
  const worth = worths.map((w) => [w, single(w * pct, `power ${w}`)] as const);
  const power = worth.map(([w, all]) => [w, countOf(all, (a) => a.verdict === 'accepted')] as const);
  return {
    machine: kind.name,
    pct,
    test: design.test,
    falseRuns: falseRuns(nearly),
    falseRunsNoEffect: falseRuns(nothing),
    rejectedNoEffect: countOf(nothing.flat(), (a) => a.verdict === 'rejected'),
    rejectedUnproved: countOf(
      [nothing, nearly, ...worth.map(([, all]) => [all])].flat(2),
      (a) => a.verdict === 'rejected' && !a.belowThreshold,
    ),
    power: Object.fromEntries(power) as GateRow['power'],
    executions: { noEffect: meanOf(nothing.flat()), twice: meanOf(worth.at(-1)![1]) },
  };
}

/** Another procedure on the same machines: runs with a false accept, and accepted attempts at twice the threshold. */
export type RivalRow = {
  machine: string;
  pct: number;
  rival: string;
  falseRuns: Count;
  falseRunsNoEffect: Count;
  twice: Count;
};

export function simulateRival(kind: MachineKind, pct: number, rival: Rival, effort: Effort): RivalRow {
  const run = (truth: number, i: number) => {
    const machine = kind.make(seededRandom(`${effort.seed} ${kind.name} run ${i}`));
    return rival.run(machine, Array<number>(attempts).fill(truth), pct);
  };
  const runsOf = (truth: number) => Array.from({ length: effort.runs }, (_, i) => run(truth, i));
  const some = (accepted: boolean[]) => accepted.some(Boolean);
  return {
    machine: kind.name,
    pct,
    rival: rival.name,
    falseRuns: countOf(runsOf(almost * pct), some),
    falseRunsNoEffect: countOf(runsOf(0), some),
    twice: countOf(runsOf(2 * pct).flat(), Boolean),
  };
}

const countOf = <T>(all: readonly T[], is: (one: T) => boolean): Count => ({
  of: all.length,
  count: all.filter(is).length,
});

const meanOf = (all: readonly { executions: number }[]) => all.reduce((sum, a) => sum + a.executions, 0) / all.length;
