import type { Verdict } from '../../experiment/judged.ts';
import { weakest } from '../../experiment/weakest.ts';
import type { Environment } from '../../measure/environment/environment.ts';
import type { Comparison } from '../../record/comparison.ts';
import type { OutcomeName } from '../../record/outcome.ts';
import type { SuiteComparison } from '../../record/suite.ts';
import { claimOf } from './claim.ts';
import type { Proof } from './form.ts';
import type { Summary } from './summary.ts';

/** The verdict of one machine in a proof. `improvement_pct`: positive is better, and null if no session was measured to the end. */
export type OneVerdict = {
  /** The id of the run or the comparison. */
  id: string | null;
  verdict: OutcomeName | null;
  improvement_pct: number | null;
  /** The environment of the machine, as far as the record contains it. */
  environment: Environment | null;
};

/**
 * The verdicts in a proof: the verdict of its evidence, then the verdict of the other class of hosts if one was requested, then the verdict
 * of each replay.
 */
export function verdictsIn({ id, evidence, elsewhere, replays }: Proof, summary: Summary): OneVerdict[] {
  const { claim } = claimOf(summary, evidence);
  const first: OneVerdict = {
    id,
    verdict: claim?.verdict ?? summary.verdict,
    improvement_pct: claim?.improvement_pct ?? summary.improvement_pct,
    environment: (summary.environments.at(-1) as Environment | undefined) ?? null,
  };
  return [first, ...(elsewhere ? [elsewhere] : []).map(verdictOfPart), ...replays.map(verdictOfPart)];
}

/** The verdict combined with the verdict of the other class of hosts. Null if no other class was requested. */
export function togetherIn({ evidence, elsewhere }: Proof): Verdict | null {
  if (evidence.of === 'run' || !elsewhere) return null;
  return weakest([evidence.record.verdict, elsewhere.record.verdict]);
}

/** Returns the verdict of a comparison or suite that measured the commits of the proof again. */
const verdictOfPart = (part: Proof['replays'][number]): OneVerdict =>
  part.of === 'suite' ? verdictOfSuite(part.record, part.record.suite) : verdictOf(part.record, part.record.comparison);

/** Converts the record of a suite to its verdict in the proof. The improvement is the geometric mean of the benchmarks. */
export const verdictOfSuite = (
  { verdict, geometric_mean, environment }: SuiteComparison,
  id: string | null,
): OneVerdict => ({ id, verdict, improvement_pct: geometric_mean?.improvement_pct ?? null, environment });

/** Converts the record of a comparison to its verdict in the proof. The id is null if the record of the comparison could not be stored. */
export const verdictOf = ({ verdict, primary, environment }: Comparison, id: string | null): OneVerdict => ({
  id,
  verdict,
  improvement_pct: primary?.improvement_pct ?? null,
  environment,
});
