import { remove } from '../core/fs.ts';
import { armsFolder } from '../experiment/arms-folder.ts';
import { mayRestoreHead, restoreHead } from '../git/branch.ts';
import { restoreIndex } from '../git/dirty-base.ts';
import { doneFacts, effects } from '../record/effects.ts';
import { accepted, firstTip, tipOf } from '../record/history.ts';
import type { RunState } from '../record/state.ts';
import { writeEarlyReport } from '../stages/report-files.ts';
import { isMoved } from '../stages/work-tree.ts';
import type { OpenRun } from './open-run.ts';
import { publishSummary } from './publish.ts';

/**
 * Completes a run that has ended: writes the report, removes the arms and, after an abort, checks out the original branch again. Returns
 * sentences about the completed steps. If a crash interrupts these steps, the next command completes them.
 */
export async function leave(opened: OpenRun): Promise<string[]> {
  const { run } = opened;
  const { told } = await run.effect('leave', effects.leave.key(), async () => {
    const report = await writeEarlyReport(run);
    remove(armsFolder(run.world.env, run.repo.project, run.state.run));
    return { report, told: run.state.ended === 'aborted' ? await leaveUnlessMoved(opened) : [] };
  });
  publishSummary(opened);
  return told;
}

/** Whether the run has ended and the steps after its end are done. */
export const isLeft = ({ ended, done }: RunState) =>
  ended !== null && doneFacts({ done }, 'leave', effects.leave.key()) !== undefined;

/**
 * Checks out the original branch again. Changes nothing if the user checked out another branch, or if the run's branch has commits of other
 * people.
 */
async function leaveUnlessMoved(opened: OpenRun): Promise<string[]> {
  try {
    return await leaveBranch(opened);
  } catch (error) {
    if (!isMoved(error)) throw error;
    return [`${(error as Error).message} Therefore HEAD was not moved.`];
  }
}

/**
 * Checks out the original branch again if no change was accepted. Returns sentences about the completed steps.
 * @throws branch_changed, branch_moved
 */
export async function leaveBranch({ run }: OpenRun): Promise<string[]> {
  const { git } = run.state;
  const { branch, original_branch, original_commit } = git;
  if (!branch || accepted(run.state).length > 0) return [];
  const tip = tipOf(run.state);
  if (tip !== firstTip(run.state)) return [`The branch ${branch} holds commits of the run, so it stays checked out.`];
  const place = original_branch ?? original_commit.slice(0, 12);
  const wayBack = { branch, tip, from: { branch: original_branch, commit: original_commit } };
  const { index, back } = await run.effect(
    'restore',
    effects.restore.key(),
    async () => {
      const index = await restoreIndex(run.repo, { run: run.state.run, tip });
      return { index, back: await restoreHead(run.repo, wayBack) };
    },
    () => mayRestoreHead(run.repo, wayBack),
  );
  return [
    back ? `HEAD is back at ${place}.` : `${place} has moved since the run began, so ${branch} stays checked out.`,
    ...(index ? [] : ['Changes were staged during the run, so perf-gate left git’s index unchanged.']),
  ];
}
