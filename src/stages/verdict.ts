import type { Contract } from '../contract/schema/contract.ts';
import { oneLine } from '../core/text.ts';
import { deciding, judgeAttempt } from '../experiment/verdict.ts';
import type { AttemptRecord, Primary, SessionData } from '../record/data.ts';
import { attemptNumber, baselineOf, contractOf } from '../record/history.ts';
import { type EngineStage, lastStep } from '../record/state.ts';
import { verdictMarkdown } from '../report/markdown/verdict.ts';
import { storyAttempt } from '../report/story-attempt.ts';
import { storyContract } from '../report/story-contract.ts';
import type { Judgement } from '../stats/judgement.ts';

/** Judges the open attempt. Nothing is measured, committed or reverted here: the transition says what to do. */
export const verdict: EngineStage = {
  by: 'engine',
  results: ['accepted', 'rejected', 'inconclusive'],
  async perform(run) {
    const { state } = run;
    const contract = contractOf(state);
    const { data: fix } = lastStep(state, 'fix')!;
    const { data: measured } = lastStep(state, 'remeasure')!;
    const judged = judgeAttempt(measured, contract);
    const record: AttemptRecord = {
      attempt: attemptNumber(state),
      hotspot: fix.hotspot.id,
      predicted_pct: fix.hotspot.predicted_pct ?? null,
      verdict: judged.verdict,
      reasons: judged.reasons.map((r) => `${r.code}: ${r.text}`),
      primary: primaryOf(deciding(measured), contract),
      watchdogs: deciding(measured)?.watchdogs ?? [],
      ref: fix.ref,
      base: fix.base,
      snapshot: fix.snapshot,
      changes: fix.changes,
      diffstat: fix.diffstat,
    };
    const told = storyAttempt(record, measured);
    const words = storyContract(contract, baselineOf(state).test);
    run.world.notify({ kind: 'verdict', attempt: told, contract: words });
    return {
      result: judged.verdict,
      data: record,
      values: {
        verdict: `# Verdict: attempt ${record.attempt}, ${oneLine(record.hotspot)}\n\n${verdictMarkdown(told, words)}`,
      },
    };
  },
};

/** The effect as it is reported: that of the session which decided. */
export function primaryOf(session: SessionData | null, contract: Contract): Primary | null {
  const seen = session?.judgement;
  if (!seen) return null;
  const { name, unit } = contract.metrics.primary;
  return { name, unit, ...(Object.fromEntries(reported.map((field) => [field, seen[field]])) as Reported) };
}

const reported = [
  ...(['baseline', 'candidate', 'improvement_pct', 'improvement', 'ci95_pct'] as const),
  ...(['lower_bound_pct', 'upper_bound_pct', 'p', 'cles', 'n_base', 'n_candidate'] as const),
] as const;
type Reported = Pick<Judgement, (typeof reported)[number]>;
