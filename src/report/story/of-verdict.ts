import { stringify } from 'yaml';
import type { Contract } from '../../contract/schema/contract.ts';
import { askedBy } from '../../experiment/asked-by.ts';
import type { Caveat } from '../../experiment/caveats/caveat.ts';
import type { Asked, Judged, JudgedSession } from '../../experiment/judged.ts';
import type { AttemptRecord } from '../../record/data.ts';
import { answerOf } from '../answer.ts';
import { thresholdText } from '../asked.ts';
import { caveatLine } from '../caveats.ts';
import { notInAClone } from '../not-in-a-clone.ts';
import { printedReason } from '../reasons.ts';
import { roomText } from '../room.ts';
import { warningText } from '../warnings.ts';
import type { Arms, StoryAttempt, StoryContract, StoryVerdict, Terms } from './story.ts';

/** The threshold and claim of a contract, without its watchdogs. */
export function termsOf({ primary, threshold, claim }: Asked): Terms {
  return {
    primary,
    threshold: thresholdText({ primary, threshold, claim }),
    threshold_pct: threshold.type === 'absolute' ? null : threshold.pct_min,
    threshold_absolute: threshold.type === 'pct' ? null : threshold.absolute_min,
    significance_required: threshold.significance_required,
    claim,
    watchdogs: [],
  };
}

/** The contract in words. `test`: the statistical test, or `auto` if no A/A session has chosen one. `auto` is printed as `mann whitney`. */
export function storyContract(contract: Contract, test: string): StoryContract {
  const { metrics, significance, guards } = contract;
  const terms = termsOf(askedBy(contract));
  return {
    ...terms,
    domain: contract.domain,
    script: contract.repro.script,
    primary: { ...terms.primary, source: inline(metrics.primary.source) },
    test: (test === 'auto' ? 'mann_whitney' : test).replace(/_/g, ' '),
    alpha: significance.alpha,
    confirm: contract.confirm,
    isolation: contract.isolation,
    order: contract.order,
    watchdogs: metrics.watchdogs.map(({ name, unit, lower_is_better, max_regression_pct }) => ({
      name,
      unit,
      lower_is_better,
      margin_pct: max_regression_pct,
    })),
    guards: [
      ...(guards.correctness ? [{ label: 'correctness', value: guards.correctness }] : []),
      ...(guards.same_output ? [{ label: 'same output', value: inline(guards.same_output) }] : []),
      ...(guards.protected.length > 0 ? [{ label: 'protected', value: guards.protected.join(', ') }] : []),
    ],
  };
}

/** Takes the samples of both arms from a judged session. */
export const armsOf = ({ base, candidate, raw_wall, undelayed_wall }: JudgedSession): Arms => ({
  base,
  candidate,
  raw_wall,
  undelayed_wall,
});

/** A verdict in words, with its caveats. */
export function storyVerdict(
  judged: Judged<JudgedSession>,
  asked: Asked,
  caveats: readonly Caveat[] = [],
): StoryVerdict {
  const { verdict, reasons, primary, watchdogs } = judged;
  const { screen, confirmation } = judged.sessions;
  const arms = (session: JudgedSession | null) => session && armsOf(session);
  const seen = (confirmation ?? screen)?.judgement;
  const room = (confirmation ?? screen)?.room;
  const warnings = [...(screen?.warnings ?? []), ...(confirmation?.warnings ?? [])];
  const notes = [...(room ? [roomText(room)] : []), ...warnings.map(warningText)];
  return {
    verdict,
    word: answerOf(judged, asked),
    reasons: reasons.map((reason) => printedReason(reason, asked)),
    caveats: caveats.map(caveatLine),
    primary: primary && { ...primary, ci95: seen?.ci95 ?? null, lower_bound: seen?.lower_bound ?? null },
    watchdogs,
    screen: arms(screen),
    confirmation: arms(confirmation),
    notes: [...new Set(notes)],
  };
}

/** The commit, patch and duration of an attempt, which are not in the attempt's record. */
type Known = Pick<StoryAttempt, 'commit' | 'patch' | 'duration_s'>;

const unknown: Known = { commit: null, patch: '', duration_s: null };

export function storyAttempt(record: AttemptRecord & Judged, asked: Asked, known = unknown): StoryAttempt {
  const { attempt, hotspot, predicted_pct, ref, diffstat } = record;
  const verdict = storyVerdict(record, asked, record.told);
  return {
    ...verdict,
    notes: [...verdict.notes, ...notInAClone(record.not_in_a_clone)],
    word: record.verdict,
    attempt,
    hotspot,
    predicted_pct,
    ref,
    diffstat,
    ...known,
  };
}

const inline = (value: unknown) =>
  typeof value === 'string' ? value : stringify(value, { collectionStyle: 'flow' }).trim();
