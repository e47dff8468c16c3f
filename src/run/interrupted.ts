import { allDone } from '../record/effects.ts';
import { attemptIsOpen, attemptNumber } from '../record/history.ts';
import { lastStep, type RunState } from '../record/state.ts';
import { attemptEffects } from '../stages/settle-attempt.ts';
import { conclude, escalateOnMove } from './engine.ts';
import type { OpenRun } from './open-run.ts';

/** The number of the open attempt, whose code may have been running when perf-gate was killed. Undefined without an open attempt. */
export const attemptAtWork = (state: RunState) =>
  attemptIsOpen(state) && !state.ended ? attemptNumber(state) : undefined;

/**
 * Ends the run if perf-gate was killed twice while the same attempt was measured. The candidate may be the cause, and would kill perf-gate
 * again at every `resume`. The attempt is kept under its git ref and reverted, and a person must decide.
 */
export async function endIfKilledTwice(opened: OpenRun): Promise<void> {
  const { run } = opened;
  const attempt = attemptAtWork(run.state);
  const kills = allDone(run.state, 'recover').filter(
    (facts) => facts.attempt !== undefined && facts.attempt === attempt,
  );
  if (kills.length < 2) return;
  const { ref } = lastStep(run.state, 'fix')!.data;
  const reason =
    `interrupted_twice: perf-gate was killed twice while attempt ${attempt} was measured. The attempt may be the cause. It is kept as ${ref}. ` +
    `Read its changes (\`git diff ${ref}^ ${ref}\`). If the machine was the cause, restore the attempt (\`… | git apply\`) and start again.`;
  const outcome = { result: 'escalate', data: { reason }, values: {} };
  const now = run.world.clock.now();
  await escalateOnMove(
    opened,
    async () => {
      await attemptEffects.revert(run, outcome);
      await conclude(opened, outcome, now);
    },
    now,
  );
}
