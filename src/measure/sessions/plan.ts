import { seededRandom } from '../../stats/rng.ts';
import type { Service } from '../service/service.ts';
import type { Metric } from '../sources/sources.ts';
import type { ArmName } from './arm.ts';
import type { Shell } from './command.ts';
import type { OutputSpec } from './output.ts';

/** The plan of a measuring session, decided before it begins. */
export type SessionPlan = {
  id: string;
  /** The seed of the random order. It is recorded with the plan, so that an interrupted session continues in the same order. */
  seed: string;
  command: { script: string; shell: Shell; timeout_s: number; cpus?: string };
  /** A script that a shell runs before every execution, untimed. */
  before_each?: string;
  /** The number of warm-up executions per arm, at least one. Warm-ups are not judged. */
  warmup_runs: number;
  metrics: readonly Metric[];
  same_output?: OutputSpec;
  service?: Service;
  /**
   * The numbers of pairs, in ascending order, after which the caller looks at the samples and decides whether to continue. After the last
   * of these numbers, the session always ends.
   */
  looks: readonly number[];
  /** `sequential`: all executions of the base, then all executions of the candidate. */
  order: 'interleaved' | 'sequential';
};

/** One planned execution. */
export type Step = { index: number; pair: number; arm: ArmName; warmup: boolean };

/**
 * All executions of a session in their order, if the session is not stopped early. Warm-ups come first. If the plan has a service, or the
 * order is `sequential`, there are also warm-ups at every change from one arm to the other.
 */
export function stepsOf(
  plan: Pick<SessionPlan, 'seed' | 'warmup_runs' | 'looks' | 'order' | 'service'>,
  arms: readonly ArmName[],
): Step[] {
  const pairs = plan.looks.at(-1) ?? 0;
  const each = Array.from({ length: pairs }, (_, i) => i + 1);
  const measured =
    plan.order === 'interleaved' && arms.length === 2
      ? schedule(plan.seed, pairs).flatMap((order, i) => order.map((arm) => ({ pair: i + 1, arm, warmup: false })))
      : arms.flatMap((arm) => each.map((pair) => ({ pair, arm, warmup: false })));
  const warmUp = (arm: ArmName) => Array.from({ length: warmUps(plan) }, () => ({ pair: 0, arm, warmup: true }));
  const blocks = plan.order === 'sequential' || plan.service !== undefined;
  const steps = blocks
    ? measured.flatMap((step, i) => (step.arm === measured[i - 1]?.arm ? [step] : [...warmUp(step.arm), step]))
    : [...arms.flatMap(warmUp), ...measured];
  return steps.map((step, index) => ({ index, ...step }));
}

/** The number of warm-up executions that an arm needs when it is cold. */
export function warmUps(plan: { warmup_runs: number }): number {
  return Math.max(1, plan.warmup_runs);
}

/**
 * The order of the arms in each pair. Two pairs form a block with the order ABBA, so that linear drift within a block cancels out. The seed
 * chooses the first arm of each block at random, so that periodic activity of the machine does not coincide with the order. A longer
 * schedule with the same seed begins with the same pairs, so that a session can be extended or continued.
 */
export function schedule(seed: string, pairs: number): [ArmName, ArmName][] {
  const rounds = roundsOf(seed, 2);
  const names = ['base', 'candidate'] as const;
  return Array.from({ length: pairs }, () => rounds.next().value!.map((i) => names[i]!) as [ArmName, ArmName]);
}

/**
 * An endless series of rounds, each with the order of the commands in this round. Every second round has the reverse order of the round
 * before.
 */
export function* roundsOf(seed: string, commands: number): Generator<number[], never> {
  const random = seededRandom(seed);
  for (;;) {
    const order = shuffled(commands, random);
    yield order;
    yield order.toReversed();
  }
}

/** The whole numbers from 0 to `n` - 1 in random order (the inside-out shuffle of Fisher and Yates). */
function shuffled(n: number, random: () => number): number[] {
  const order: number[] = [];
  for (let i = 0; i < n; i++) {
    const at = i === 0 ? 0 : i - Math.floor(random() * (i + 1));
    order.push(order[at] ?? i);
    order[at] = i;
  }
  return order;
}
