import { attemptIsOpen } from '../record/history.ts';
import { stageFacts } from '../record/stages.ts';
import { escalation } from '../report/story/of-run.ts';
import { takeBackEdits } from '../stages/work-tree.ts';
import { conclude, escalateOnMove } from './engine.ts';
import { leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';

/**
 * Ends a run. The open attempt is kept under its ref and taken back; edits that were not handed in are kept and taken back too.
 * While nothing was accepted, the original branch is checked out again, without touching the work tree. Nothing is deleted. Where
 * the branch was moved or left meanwhile, all stays as it is, and the run ends as escalated: it must be possible to end any run.
 */
export async function abort(opened: OpenRun, why: string): Promise<string[]> {
  const { run } = opened;
  // Killed after its last line: what is left to do is what follows the end.
  if (run.state.ended) return leave(opened);
  const told = await run.effect('abort', why, async () => {
    const editing = stageFacts(run.state.stage).editsProject && !attemptIsOpen(run.state);
    const now = run.world.clock.now();
    let told: string[] = [];
    const giveBack = async () => {
      if (editing) told = await takeBackEdits(run, 'aborted');
      await conclude(opened, { result: 'abort', data: { reason: why, told }, values: { why } }, now);
    };
    await escalateOnMove(opened, giveBack, now);
    return run.state.ended === 'escalated' ? [escalation(run.state), 'Nothing was taken back.'] : told;
  });
  return [...told, ...(await leave(opened))];
}
