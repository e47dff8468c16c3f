import type { ArmName } from '../measure/sessions/arm.ts';
import { type SessionPlan, stepsOf } from '../measure/sessions/plan.ts';

/**
 * How many executions there are at the next look, from those that are done: where the session may end. All of them are made only if no
 * look decides. `decides` false: no look ends the session.
 */
export function nextLook(
  plan: Pick<SessionPlan, 'seed' | 'warmup_runs' | 'looks' | 'order' | 'service'>,
  arms: readonly ArmName[],
  decides: boolean,
): (done: number) => number {
  const steps = stepsOf(plan, arms);
  const looks = decides ? plan.looks : plan.looks.slice(-1);
  const ends = looks.map((pairs) => steps.findLastIndex((step) => !step.warmup && step.pair === pairs) + 1);
  return (done) => ends.find((end) => end >= done) ?? steps.length;
}
