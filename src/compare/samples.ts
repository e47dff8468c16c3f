import { type Contract, contractSchema } from '../contract/schema/contract.ts';
import { failure } from '../core/errors.ts';
import { significant } from '../core/figures.ts';
import { problemText, ruleOf } from '../experiment/session-judge.ts';
import { judgeAttempt } from '../experiment/verdict.ts';
import type { AttemptRecord, RemeasureData, SessionData } from '../record/data.ts';
import { warningText } from '../report/warnings.ts';
import { primaryOf } from '../stages/verdict.ts';
import { judge } from '../stats/judge.ts';
import type { Judgement } from '../stats/judgement.ts';
import { smallestP } from '../stats/looks.ts';
import { isSignificant } from '../stats/null-distribution.ts';
import { type Rule, samplesProblem, type Test } from '../stats/rule.ts';

/** Samples that exist, and what is asked of them. For pairs, index i of both is pair i. */
export type Question = {
  base: number[];
  candidate: number[];
  /** What the samples are called, and their unit ('': not known). */
  metric: { name: string; unit: string; lower_is_better: boolean };
  rule: { test: Test; paired: boolean; threshold: Rule['threshold']; claim: Rule['claim']; alpha: number };
};

/** The answer, with the names of a run's attempt. */
export type Answer = Pick<AttemptRecord, 'verdict' | 'reasons' | 'primary' | 'watchdogs'> & {
  contract: Contract;
  judgement: Judgement;
  measured: RemeasureData;
  /** What weakens it: a code and facts for programs, a sentence for people. */
  warnings: { code: string; text: string }[];
};

/**
 * The verdict on samples that exist, by the gate of a run at one look. There is no futility: nothing more could be sampled, so the
 * answer is no only where the effect is shown to be under the threshold. Throws `samples_not_judgeable`.
 */
export function judgeSamples({ base, candidate, metric, rule: asked }: Question): Answer {
  const contract: Contract = {
    ...contractSchema.parse({ version: 1, repro: { script: 'none' }, metrics: { primary: { name: metric.name } } }),
    metrics: { primary: { ...metric, source: 'wall' }, watchdogs: [] },
    threshold: asked.threshold,
    significance: { test: asked.test, alpha: asked.alpha },
    claim: asked.claim,
    confirm: false,
  };
  contract.repro.max_runs = Math.max(base.length, candidate.length);
  const rule = ruleOf(contract, asked.test);
  const problem = asked.paired
    ? samplesProblem(base, candidate, { ...rule, test: 'wilcoxon_signed_rank' })
    : samplesProblem(base, candidate, rule);
  if (problem) throw failure('samples_not_judgeable', { problem: problemText(problem) });

  const seen = judge(base, candidate, rule, asked.alpha);
  const judgement: Judgement = {
    ...seen,
    futile: seen.below_threshold,
    p_values: { ...seen.p_values, wilcoxon_signed_rank: asked.paired ? seen.p_values.wilcoxon_signed_rank : null },
    w: asked.paired ? seen.w : null,
  };
  const warnings = [
    ...outOfReach(asked, base.length, candidate.length),
    ...seen.warnings.map((w) => ({ ...w, text: warningText(w) })),
  ];
  const session = sessionOf({ base, candidate }, judgement, warnings);
  const measured: RemeasureData = { broken: null, screen: session, confirmation: null, skipped_files: [] };
  const { verdict, reasons } = judgeAttempt(measured, contract);
  return {
    verdict,
    reasons: reasons.map((r) => `${r.code}: ${r.text}`),
    primary: primaryOf(session, contract),
    watchdogs: [],
    contract,
    judgement,
    measured,
    warnings,
  };
}

/** Said, not refused: the samples exist, and the estimate may be of use although it can never be proved. */
function outOfReach({ test, alpha }: Question['rule'], n: number, m: number): Answer['warnings'] {
  const smallest = smallestP(test, n, m);
  if (isSignificant(smallest, alpha)) return [];
  const facts = { code: 'out_of_reach', smallest_p: smallest, alpha };
  const text = `${n} against ${m} samples can never be significant: the smallest p of ${test} is ${significant(smallest, 2)} (alpha ${alpha})`;
  return [{ ...facts, text }];
}

function sessionOf(
  samples: { base: number[]; candidate: number[] },
  judgement: Judgement,
  warnings: Answer['warnings'],
): SessionData {
  return {
    session: 'samples',
    samples_hash: null,
    seed: '',
    order: 'sequential',
    method: '',
    pairs: Math.min(samples.base.length, samples.candidate.length),
    executions: samples.base.length + samples.candidate.length,
    ...samples,
    judgement,
    watchdogs: [],
    stopped: judgement.passes ? 'passed' : judgement.below_threshold ? 'futile' : 'cap',
    warnings: warnings.map((w) => w.text),
  };
}
