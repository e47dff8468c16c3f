import { restoreHead } from '../git/branch.ts';
import { restoreIndex } from '../git/dirty-base.ts';
import { accepted, attemptIsOpen, firstTip, tipOf } from '../stages/shared/history.ts';
import { takeBackEdits } from '../stages/shared/work-tree.ts';
import { conclude } from './engine.ts';
import type { Session } from './session.ts';

/**
 * Ends a run. The open attempt is kept under its ref and taken back; edits that were not handed in are kept and taken back too.
 * While nothing was accepted, the original branch is checked out again, without touching the work tree. Nothing is deleted.
 */
export async function abort(session: Session, why: string): Promise<string[]> {
  const { run } = session;
  const editing = run.state.stage === 'fix' && !attemptIsOpen(run.state);
  const told = editing ? await takeBackEdits(run, 'aborted') : [];
  await conclude(session, { result: 'abort', data: { reason: why, told }, values: { why } }, run.world.clock.now());
  return [...told, ...(await leaveBranch(session))];
}

/** Back to the original branch, where nothing was accepted on the run's. */
export async function leaveBranch({ run }: Session): Promise<string[]> {
  const { git } = run.state;
  const { branch, original_branch, original_commit } = git;
  if (!branch || accepted(run.state).length > 0) return [];
  const tip = tipOf(run.state);
  if (tip !== firstTip(run.state)) return [`The branch ${branch} holds commits of the run, so it stays checked out.`];
  const place = original_branch ?? original_commit.slice(0, 12);
  const { index, back } = await run.effect('restore', 'head', async () => {
    const from = { branch: original_branch, commit: original_commit };
    const index = await restoreIndex(run.repo, { run: run.state.run, tip });
    return { index, back: await restoreHead(run.repo, { branch, tip, from }) };
  });
  return [
    back ? `HEAD is back at ${place}.` : `${place} moved meanwhile, so ${branch} stays checked out.`,
    ...(index ? [] : ['Something was staged during the run, so the index was left as it is.']),
  ];
}
