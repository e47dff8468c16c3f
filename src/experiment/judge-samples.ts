import { judge } from '../stats/judge.ts';
import type { Judgement } from '../stats/judgement.ts';
import { smallestP } from '../stats/looks.ts';
import { isSignificant } from '../stats/null-distribution.ts';
import { newestRules, type Problem, type Rule, samplesProblem, type Test } from '../stats/rule.ts';
import type { Warning as DataWarning } from '../stats/warnings.ts';
import type { Asked, Judged, JudgedSession } from './judged.ts';
import { judged } from './verdict.ts';

/**
 * Two arrays of samples, and the requirements for the candidate. For paired samples, the entries with the same index form a pair. `unit` is
 * '' if unknown.
 */
export type Samples = {
  base: number[];
  candidate: number[];
  metric: { name: string; unit: string; lower_is_better: boolean };
  rule: { test: Test; paired: boolean; threshold: Rule['threshold']; claim: Rule['claim']; alpha: number };
};

/**
 * Facts about the samples that make the verdict less reliable. `out_of_reach`: with so few samples, no difference can be significant at
 * this alpha.
 */
export type SamplesWarning =
  | DataWarning
  | { code: 'out_of_reach'; smallest_p: number; alpha: number; test: Test; n: number; m: number };

export type JudgedSamples = Judged<JudgedSession> & { asked: Asked; judgement: Judgement; warnings: SamplesWarning[] };

/**
 * Judges existing samples by the rules of a run, at a single look. No more samples can be taken, so the session does not stop for futility.
 * The verdict is `rejected` only if the effect is shown to be below the threshold. `problem`: the reason why the samples cannot be judged.
 */
export function judgeSamples({
  base,
  candidate,
  metric,
  rule: { test, paired, threshold, claim, alpha },
}: Samples): JudgedSamples | { problem: Problem } {
  const rule: Rule = {
    rules: newestRules,
    lower_is_better: metric.lower_is_better,
    threshold,
    claim,
    session_effect_pct: 0,
    test,
  };
  const problem = samplesProblem(base, candidate, paired ? { ...rule, test: 'wilcoxon_signed_rank' } : rule);
  if (problem) return { problem };
  const seen = judge(base, candidate, rule, alpha);
  const judgement: Judgement = {
    ...seen,
    futile: seen.below_threshold,
    p_values: { ...seen.p_values, wilcoxon_signed_rank: paired ? seen.p_values.wilcoxon_signed_rank : null },
    w: paired ? seen.w : null,
  };
  const asked: Asked = { primary: metric, threshold, claim, max_runs: Math.max(base.length, candidate.length) };
  const screen = sessionOf(base, candidate, judgement);
  const warnings = [...outOfReach(test, alpha, base.length, candidate.length), ...seen.warnings];
  return { ...judged({ broken: null, screen, confirmation: null }, asked), asked, judgement, warnings };
}

/** Too few samples cause a warning and no error, because an estimate can be useful even if it can never be proved. */
function outOfReach(test: Test, alpha: number, n: number, m: number): SamplesWarning[] {
  const smallest_p = smallestP(test, n, m);
  return isSignificant(smallest_p, alpha) ? [] : [{ code: 'out_of_reach', smallest_p, alpha, test, n, m }];
}

function sessionOf(base: number[], candidate: number[], judgement: Judgement): JudgedSession {
  return {
    base,
    candidate,
    judgement,
    watchdogs: [],
    stopped: judgement.passes ? 'passed' : judgement.below_threshold ? 'futile' : 'cap',
    warnings: judgement.warnings,
  };
}
