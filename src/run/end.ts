import { failure } from '../core/errors.ts';
import { baseOf } from '../record/history.ts';
import type { Submission } from '../record/state.ts';
import { stageOf } from '../stages/index.ts';
import { treeNow } from '../stages/work-tree.ts';
import { mustBeApprovedHere } from './approval.ts';
import { advance, conclude, escalateOnMove } from './engine.ts';
import type { OpenRun } from './open-run.ts';

const WHY = 'Ended by `perf-gate finish`: no further hotspot is to be tried.';

/**
 * Ends a run that waits for its actor, as if the actor had nothing left to try. perf-gate then measures the total improvement.
 * @throws wrong_stage: the run cannot end at this stage, or there are edits that were not submitted
 */
export async function endHere(opened: OpenRun): Promise<void> {
  if (wayOut(opened) === null)
    throw notYet(
      opened,
      'a stage that a person or an agent does, but perf-gate itself does this stage (`perf-gate next`)',
    );
  mustBeApprovedHere(opened.run, { runs: true });
  for (let result = wayOut(opened); result !== null; result = wayOut(opened)) await settle(opened, result);
  await advance(opened);
}

/** The result with which the current stage leads to the run's end: `exhausted` or `skipped`. Null if the stage waits for no actor. */
function wayOut(opened: OpenRun): 'exhausted' | 'skipped' | null {
  const { state } = opened.run;
  const stage = opened.workflow.definition.stages[state.stage];
  if (state.ended || stage?.by !== 'actor') return null;
  const result = (['exhausted', 'skipped'] as const).find((name) => name in stage.results);
  if (result === undefined) throw notYet(opened, 'a run that has begun to try changes');
  return result;
}

const notYet = ({ run }: OpenRun, needs: string) =>
  failure('wrong_stage', { command: 'finish', stage: run.state.stage, needs });

async function settle(opened: OpenRun, result: 'exhausted' | 'skipped'): Promise<void> {
  const { run } = opened;
  const stage = stageOf(run.state.stage, 'actor');
  if ('perform' in stage) return;
  if (result === 'skipped' && (await treeNow(run)) !== baseOf(run.state).tree)
    throw failure('wrong_stage', {
      command: 'finish',
      stage: run.state.stage,
      needs: 'your edits to be submitted (`perf-gate submit`, `perf-gate next`) or reverted',
    });
  const submission: Submission = { file: run.paths.draft(run.state.stage), result, draft: {}, body: WHY };
  const started = run.world.clock.now();
  await escalateOnMove(opened, async () => conclude(opened, await stage.receive(run, submission), started), started);
}
