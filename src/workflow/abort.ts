import { attemptIsOpen } from '../stages/shared/history.ts';
import { takeBackEdits } from '../stages/shared/work-tree.ts';
import { conclude } from './engine.ts';
import { leave } from './leave.ts';
import type { Session } from './session.ts';

/**
 * Ends a run. The open attempt is kept under its ref and taken back; edits that were not handed in are kept and taken back too.
 * While nothing was accepted, the original branch is checked out again, without touching the work tree. Nothing is deleted.
 */
export async function abort(session: Session, why: string): Promise<string[]> {
  const { run } = session;
  const told = await run.effect('abort', why, async () => {
    const editing = run.state.stage === 'fix' && !attemptIsOpen(run.state);
    const told = editing ? await takeBackEdits(run, 'aborted') : [];
    await conclude(session, { result: 'abort', data: { reason: why, told }, values: { why } }, run.world.clock.now());
    return told;
  });
  return [...told, ...(await leave(session))];
}
