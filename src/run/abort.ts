import { isFailure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import { hasObjects } from '../git/refs.ts';
import { attemptIsOpen, baseOf } from '../record/history.ts';
import { settingsLeft } from '../record/seal.ts';
import { stageFacts } from '../record/stages.ts';
import { lastStep, type Run } from '../record/state.ts';
import { escalated } from '../report/story/of-run.ts';
import { lifeOfActor } from '../stages/late-edits.ts';
import { bringBackIgnored } from '../stages/unseen.ts';
import { takeBackEdits } from '../stages/work-tree.ts';
import { conclude, escalateOnMove } from './engine.ts';
import { leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';

/** Whether git still has the snapshots that an abort needs. */
function hasSnapshots({ state, repo }: Run): Promise<boolean> {
  const attempt = attemptIsOpen(state) ? lastStep(state, 'fix')?.data : undefined;
  const snapshots = [baseOf(state), ...(attempt ? [attempt.base, attempt.snapshot] : [])];
  return hasObjects(
    repo,
    snapshots.flatMap(({ commit, tree }) => [commit, tree]),
  );
}

/**
 * Ends a run. Keeps the open attempt and unsubmitted edits as snapshots under git refs, and reverts them. If no change was accepted, the
 * original branch is checked out again, without touching the work tree. Nothing is deleted. The run ends as escalated, and nothing is
 * changed, in two cases: another person moved the branch or checked out another branch, or the run's snapshots are gone. So every run can
 * be ended. Returns sentences about the completed steps.
 */
export async function abort(opened: OpenRun, why: string): Promise<string[]> {
  const { run } = opened;
  // if an abort was killed after its last journal line, only the steps after the run's end are left to do
  if (run.state.ended) return leave(opened);
  const told = await run.effect('abort', why, async () => {
    const editing = stageFacts(run.state.stage).editsProject && !attemptIsOpen(run.state);
    const now = run.world.clock.now();
    let told: string[] = [];
    const giveBack = async () => {
      const back = editing ? await bringBackIgnored(run) : [];
      const taken = editing ? await takeBackEdits(run, 'aborted', lifeOfActor(run)) : [];
      told = [...back, ...taken, ...(await settingsLeft(run))];
      await conclude(opened, { result: 'abort', data: { reason: why, told }, values: { why } }, now);
    };
    try {
      await escalateOnMove(opened, giveBack, now);
    } catch (error) {
      // The run's snapshots were deleted and pruned, so nothing can be reverted, but the run must still end.
      if (!isFailure(error, 'git_failed') || (await hasSnapshots(run))) throw error;
      const reason = `the run’s snapshots no longer exist: ${oneLine(error.message)}`;
      await conclude(opened, { result: 'escalate', data: { reason }, values: {} }, now);
    }
    return run.state.ended === 'escalated' ? [escalated(run.state), 'Nothing was reverted.'] : told;
  });
  return [...told, ...(await leave(opened))];
}
