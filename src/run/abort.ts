import { attemptIsOpen } from '../record/history.ts';
import { stageFacts } from '../record/stages.ts';
import { escalation } from '../report/story/of-run.ts';
import { lifeOfActor } from '../stages/late-edits.ts';
import { takeBackEdits } from '../stages/work-tree.ts';
import { conclude, escalateOnMove } from './engine.ts';
import { leave } from './leave.ts';
import type { OpenRun } from './open-run.ts';

/**
 * Ends a run. The open attempt is kept under its ref and taken back, and so are edits that were not handed in. If nothing was accepted,
 * the original branch is checked out again, without touching the work tree. Nothing is deleted. If somebody moved or left the branch,
 * nothing is changed and the run ends as escalated, because every run can be ended. Returns what was done, as sentences.
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
      if (editing) told = await takeBackEdits(run, 'aborted', lifeOfActor(run));
      await conclude(opened, { result: 'abort', data: { reason: why, told }, values: { why } }, now);
    };
    await escalateOnMove(opened, giveBack, now);
    return run.state.ended === 'escalated' ? [escalation(run.state), 'Nothing was taken back.'] : told;
  });
  return [...told, ...(await leave(opened))];
}
