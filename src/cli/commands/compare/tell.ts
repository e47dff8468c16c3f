import type { Kept } from '../../../compare/keep.ts';
import { deciding } from '../../../experiment/verdict.ts';
import type { Comparison } from '../../../record/comparison.ts';
import { answerOf } from '../../../report/answer.ts';
import {
  comparisonMarkdown,
  comparisonReasons,
  comparisonWarnings,
  comparisonWords,
} from '../../../report/comparison.ts';
import type { Tools } from '../../terminal/tools.ts';
import { verdictText } from '../../terminal/verdict-text.ts';

/** Prints a comparison: one object, a comment for a pull request, or the panel with the samples. */
export function tell(comparison: Comparison, kept: Kept, markdown: boolean, tools: Tools): void {
  if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
  if (tools.json) tools.out(JSON.stringify(shownOf(comparison, kept)));
  else if (markdown) tools.out(comparisonMarkdown(comparison));
  else {
    const { base, head, judged, contract: terms, warnings: notes } = comparisonWords(comparison);
    tools.out(verdictText({ title: `${base} → ${head}`, judged, terms, notes }, tools));
  }
}

/** The object that `--json` prints. */
function shownOf(comparison: Comparison, { comparison: id }: Kept) {
  const { of, base, head, against, protected_from_base, primary, watchdogs, environment } = comparison;
  const session = deciding(comparison.sessions);
  return {
    comparison: id,
    ...(of === 'commands' ? { base, candidate: head } : { base, head, against, protected_from_base }),
    verdict: answerOf(comparison, comparison.contract),
    reasons: comparisonReasons(comparison),
    primary,
    watchdogs,
    samples: session && { base: session.base, candidate: session.candidate },
    raw_wall: session?.raw_wall ?? null,
    undelayed_wall: session?.undelayed_wall ?? null,
    warnings: comparisonWarnings(comparison),
    environment,
  };
}
