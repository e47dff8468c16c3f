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
 * What comes after the last transition: the story is written, whatever the end was, the arms go, and an aborted run gives the
 * branch back. Returns what was done, as sentences. A run that was killed before this is left by `resume`.
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

/** Whether there is nothing more to do for the run. */
export const isLeft = ({ ended, done }: RunState) =>
  ended !== null && doneFacts({ done }, 'leave', effects.leave.key()) !== undefined;

/** Where another branch is checked out meanwhile, or the run's has other commits, all stays as it is. */
async function leaveUnlessMoved(opened: OpenRun): Promise<string[]> {
  try {
    return await leaveBranch(opened);
  } catch (error) {
    if (!isMoved(error)) throw error;
    return [`${(error as Error).message} So HEAD stays where it is.`];
  }
}

/** Back to the original branch, where nothing was accepted on the run's. */
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
    back ? `HEAD is back at ${place}.` : `${place} moved meanwhile, so ${branch} stays checked out.`,
    ...(index ? [] : ['Something was staged during the run, so the index was left as it is.']),
  ];
}
