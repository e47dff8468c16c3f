import { failure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import { modesOf } from '../git/modes.ts';
import { runRef } from '../git/refs.ts';
import { snapshot } from '../git/snapshot.ts';
import { mayUndo, undoAccepted } from '../git/undo.ts';
import { effects } from '../record/effects.ts';
import { attemptsOf, baseOf, tipOf } from '../record/history.ts';
import { branchOf } from '../stages/work-tree.ts';
import type { OpenRun } from './open-run.ts';
import { publishSummary } from './publish.ts';

export type Undone = { attempt: number; commit: string; restored: string[]; removed: string[]; left: string[] };

/**
 * Reverts an accepted change with an inverse commit. `before`: the state in which the attempt is looked up. If an interrupted undo was
 * completed first, this is the state before that undo.
 * @throws no_such_attempt, attempt_not_accepted
 * @throws would_overwrite: a later change edits the same lines
 * @throws branch_changed, branch_moved
 */
export async function undo(opened: OpenRun, attempt: number, before = opened.run.state): Promise<Undone> {
  const { run } = opened;
  const found = attemptsOf(before).find((a) => a.attempt === attempt);
  if (!found) throw failure('no_such_attempt', { attempt, run: run.state.run });
  if (!found.commit || !found.kept) throw failure('attempt_not_accepted', { attempt });
  const message = `Revert “perf: ${oneLine(found.hotspot)}”\n\nTakes back attempt ${attempt}: ${found.commit}\n\nPerf-Gate-Run: ${run.state.run}\nPerf-Gate-Undo: ${attempt}\n`;
  const inverse = { branch: branchOf(run), tip: tipOf(run.state), commit: found.commit, message };
  const made = await run.effect(
    'undo',
    effects.undo.key(attempt),
    async () => {
      const undone = await undoAccepted(run.repo, inverse, await modesOf(run.repo, baseOf(run.state).commit));
      const ref = runRef(run.state.run, `bases/undo-${attempt}`);
      const base = await snapshot(run.repo, {
        ref,
        message: `perf-gate: after undo ${attempt}`,
        parent: baseOf(run.state).commit,
      });
      return { ...undone, tip: undone.commit, base };
    },
    () => mayUndo(run.repo, inverse),
  );
  publishSummary(opened);
  const { restored, removed, left } = made;
  return { attempt, commit: made.commit, restored, removed, left };
}
