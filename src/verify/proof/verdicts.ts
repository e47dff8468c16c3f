import type { Environment } from '../../measure/environment/environment.ts';
import type { Comparison } from '../../record/comparison.ts';
import type { OutcomeName } from '../../record/outcome.ts';
import type { SuiteComparison } from '../../record/suite.ts';
import { claimOf } from './claim.ts';
import type { Proof } from './form.ts';
import type { Summary } from './summary.ts';

/** One machine's verdict. `improvement_pct` is positive where it is better; null where nothing was measured to the end. */
export type OneVerdict = {
  /** The run or the comparison. */
  id: string | null;
  verdict: OutcomeName | null;
  improvement_pct: number | null;
  /** Of the machine, as far as it was recorded. */
  environment: Environment | null;
};

/** What the proof says by its evidence, and what each replay in it says. */
export function verdictsIn({ id, evidence, replays }: Proof, summary: Summary): OneVerdict[] {
  const { claim } = claimOf(summary, evidence);
  const first: OneVerdict = {
    id,
    verdict: claim?.verdict ?? summary.verdict,
    improvement_pct: claim?.improvement_pct ?? summary.improvement_pct,
    environment: (summary.environments.at(-1) as Environment | undefined) ?? null,
  };
  return [first, ...replays.map(verdictOfPart)];
}

/** That of a second measurement in a proof. */
const verdictOfPart = (part: Proof['replays'][number]): OneVerdict =>
  part.of === 'suite' ? verdictOfSuite(part.record, part.record.suite) : verdictOf(part.record, part.record.comparison);

/** That of a suite, whose improvement is the geometric mean. */
export const verdictOfSuite = (
  { verdict, geometric_mean, environment }: SuiteComparison,
  id: string | null,
): OneVerdict => ({ id, verdict, improvement_pct: geometric_mean?.improvement_pct ?? null, environment });

/** That of a comparison; its id is null where it left no record. */
export const verdictOf = ({ verdict, primary, environment }: Comparison, id: string | null): OneVerdict => ({
  id,
  verdict,
  improvement_pct: primary?.improvement_pct ?? null,
  environment,
});
