import { oneLine } from '../core/text.ts';
import { askedBy } from '../experiment/asked-by.ts';
import { judged } from '../experiment/verdict.ts';
import { controlOf } from '../record/control.ts';
import type { AttemptRecord } from '../record/data.ts';
import { attemptNumber, baselineOf, contractOf } from '../record/history.ts';
import { type EngineStage, lastStep } from '../record/state.ts';
import { verdictMarkdown } from '../report/markdown/verdict.ts';
import { notInAClone } from '../report/not-in-a-clone.ts';
import { storyAttempt, storyContract } from '../report/story/of-verdict.ts';

/** Judges the open attempt. The transition after this stage commits or reverts the attempt. */
export const verdict: EngineStage = {
  async perform({ state, world }) {
    const contract = contractOf(state);
    const { data: fix } = lastStep(state, 'fix')!;
    const { data: measured } = lastStep(state, 'remeasure')!;
    const { told } = measured;
    const { sessions, ...verdict } = judged(measured, askedBy(contract), controlOf(state, measured));
    const record: AttemptRecord = {
      attempt: attemptNumber(state),
      hotspot: fix.hotspot.id,
      predicted_pct: fix.hotspot.predicted_pct ?? null,
      ...verdict,
      told,
      ref: fix.ref,
      base: fix.base,
      snapshot: fix.snapshot,
      changes: fix.changes,
      diffstat: fix.diffstat,
      ...(measured.not_in_a_clone && { not_in_a_clone: measured.not_in_a_clone }),
    };
    const attempt = { ...record, sessions };
    const { test } = baselineOf(state);
    world.notify({ kind: 'verdict', attempt, contract, test });
    for (const text of notInAClone(record.not_in_a_clone)) world.notify({ kind: 'note', text });
    const title = `# Verdict: attempt ${record.attempt}, ${oneLine(record.hotspot)}`;
    return {
      result: record.verdict,
      data: record,
      values: {
        verdict: `${title}\n\n${verdictMarkdown(storyAttempt(attempt, askedBy(contract)), storyContract(contract, test))}`,
      },
    };
  },
};
