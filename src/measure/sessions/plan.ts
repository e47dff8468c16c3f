import { seededRandom } from '../../stats/rng.ts';
import type { Service } from '../service/service.ts';
import type { Metric } from '../sources/sources.ts';
import type { ArmName } from './arm.ts';
import type { Shell } from './command.ts';
import type { OutputSpec } from './output.ts';

/** A measuring session, as it was decided before it began. */
export type SessionPlan = {
  id: string;
  /** Seeds the order. It is recorded, so that an interrupted session continues in the same order. */
  seed: string;
  command: { script: string; shell: Shell; timeout_s: number; cpus?: string };
  /** Run by a shell before every execution, untimed. */
  before_each?: string;
  /** Executions per arm that are thrown away first; at least one always is. */
  warmup_runs: number;
  metrics: readonly Metric[];
  same_output?: OutputSpec;
  service?: Service;
  /** Numbers of pairs after which the caller decides whether to continue, ascending; the last one ends the session. */
  looks: readonly number[];
  /** `sequential`: all of the base, then all of the candidate. */
  order: 'interleaved' | 'sequential';
};

/** One execution to be made. */
export type Step = { index: number; pair: number; arm: ArmName; warmup: boolean };

/**
 * All executions of a session that is never stopped early, in order. Warm-ups come first. They are repeated at every change of
 * arm after which the new arm is cold: when its service starts, or when it starts in `sequential` order.
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

/** Executions that are thrown away at a cold start of an arm. */
export function warmUps(plan: { warmup_runs: number }): number {
  return Math.max(1, plan.warmup_runs);
}

/**
 * The order within each pair, in ABBA blocks of two pairs: drift that is linear over a block cancels. The seed chooses at random which
 * arm each block starts with, so that no periodic activity of the machine coincides with the order. A longer schedule begins with the
 * shorter one of the same seed: a session can be extended, and an interrupted one continued.
 */
export function schedule(seed: string, pairs: number): [ArmName, ArmName][] {
  const random = seededRandom(seed);
  const order: [ArmName, ArmName][] = [];
  while (order.length < pairs) {
    const [a, b]: [ArmName, ArmName] = random() < 0.5 ? ['base', 'candidate'] : ['candidate', 'base'];
    order.push([a, b], [b, a]);
  }
  return order.slice(0, pairs);
}
