import type { ArmName } from '../measure/sessions/arm.ts';
import { type SessionPlan, stepsOf } from '../measure/sessions/plan.ts';

/**
 * Returns a function that gets the number of finished executions, and returns the number of executions at the next look. The session can
 * end at that look. If `decides` is false, the session ends only at the last look.
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
