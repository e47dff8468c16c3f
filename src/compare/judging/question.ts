import type { Amount } from '../../core/amount.ts';
import { failure } from '../../core/errors.ts';
import type { Rule, Test } from '../../stats/rule.ts';
import { noMargin, twoQuestions } from '../two-questions.ts';

/** The question that two sets of samples answer, for example: is the second set at least 5 % lower than the first? */
export type Question = {
  threshold: Amount;
  higherIsBetter: boolean;
  rule: { test: Test; paired: boolean; alpha: number; claim: Rule['claim'] };
};

/**
 * The options of `perf-gate judge` from which a `Question` is made. `noWorseThan`: a margin in per cent. If it is given, the claim is “no
 * worse” instead of “better”.
 */
export type Given = {
  threshold: Amount | undefined;
  noWorseThan: number | undefined;
  claim: 'proven' | 'observed' | undefined;
  paired: boolean;
  test: 'auto' | Test;
  higherIsBetter: boolean;
  alpha: number;
};

const anyImprovement: Amount = { kind: 'absolute', value: 0, unit: '' };

/** @throws usage: the options ask both for “better” and for “no worse” */
export function questionOf(given: Given): Question {
  const { threshold, test: asked, paired: declared, alpha, claim, noWorseThan, higherIsBetter } = given;
  if (noWorseThan !== undefined) mustBeAlone(noWorseThan, threshold, claim);
  const paired = declared || asked === 'wilcoxon_signed_rank';
  // `auto` selects the signed-rank test only if the user says that the samples are pairs. In a run, perf-gate can also select it after an
  // A/A session, but `judge` has no A/A session.
  const test: Test = asked === 'auto' ? (paired ? 'wilcoxon_signed_rank' : 'mann_whitney') : asked;
  return {
    higherIsBetter,
    threshold: noWorseThan === undefined ? (threshold ?? anyImprovement) : { kind: 'pct', value: -noWorseThan },
    rule: { test, paired, alpha, claim: noWorseThan === undefined ? (claim ?? 'proven') : 'no_worse' },
  };
}

function mustBeAlone(margin: number, threshold: Amount | undefined, claim: string | undefined): void {
  if (threshold) throw twoQuestions();
  if (claim !== undefined)
    throw failure('usage', {
      problem: `--claim ${claim} asks whether the candidate is better, and --no-worse-than asks whether it is no worse.`,
      hint: 'Give only one of these two options.',
    });
  if (margin === 0) throw noMargin('the candidate');
}
