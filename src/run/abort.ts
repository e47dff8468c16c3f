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

/** Whether what an abort goes back from and to is still there. */
function hasSnapshots({ state, repo }: Run): Promise<boolean> {
  const attempt = attemptIsOpen(state) ? lastStep(state, 'fix')?.data : undefined;
  const snapshots = [baseOf(state), ...(attempt ? [attempt.base, attempt.snapshot] : [])];
  return hasObjects(
    repo,
    snapshots.flatMap(({ commit, tree }) => [commit, tree]),
  );
}

/**
 * Ends a run. The open attempt is kept under its ref and taken back, and so are edits that were not handed in. If nothing was accepted,
 * the original branch is checked out again, without touching the work tree. Nothing is deleted. If somebody moved or left the branch,
 * nothing is changed and the run ends as escalated, because every run can be ended; and so where its snapshots are gone. Returns what was done, as sentences.
 */
export async function abort(opened: OpenRun, why: string): Promise<string[]> {
  const { run } = opened;
  // An abort was killed after its last line of the journal: only what follows the end is left to do.
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
      // Its snapshots were deleted and pruned: nothing can be taken back, and the run must end all the same.
      if (!isFailure(error, 'git_failed') || (await hasSnapshots(run))) throw error;
      const reason = `the snapshots of the run are gone: ${oneLine(error.message)}`;
      await conclude(opened, { result: 'escalate', data: { reason }, values: {} }, now);
    }
    return run.state.ended === 'escalated' ? [escalated(run.state), 'Nothing was taken back.'] : told;
  });
  return [...told, ...(await leave(opened))];
}
