import { deciding } from '../experiment/verdict.ts';
import type { Comparison } from '../record/comparison.ts';
import type { SuiteComparison } from '../record/suite.ts';
import { answerOf } from '../report/answer.ts';
import { withText } from '../report/caveats.ts';
import { comparisonReasons, comparisonWarnings } from '../report/comparison.ts';
import type { Kept } from './keep.ts';

/** The result of a suite, in the form that `--json` prints. */
export const shownSuite = ({ contract: _, ...shown }: SuiteComparison, { comparison }: Kept) => ({
  comparison,
  ...shown,
});

/** The result of a comparison, in the form that `--json` prints. */
export function shownComparison(comparison: Comparison, { comparison: id }: Kept) {
  const { of, base, head, against, protected_from_base, primary, watchdogs, environment } = comparison;
  const session = deciding(comparison.sessions);
  return {
    comparison: id,
    ...(of === 'commands' ? { base, candidate: head } : { base, head, against, protected_from_base }),
    verdict: answerOf(comparison, comparison.contract),
    reasons: comparisonReasons(comparison),
    told: comparison.told.map(withText),
    primary,
    watchdogs,
    samples: session && { base: session.base, candidate: session.candidate },
    raw_wall: session?.raw_wall ?? null,
    undelayed_wall: session?.undelayed_wall ?? null,
    room: session?.room ?? null,
    warnings: comparisonWarnings(comparison),
    environment,
  };
}
