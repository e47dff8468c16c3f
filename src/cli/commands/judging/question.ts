import { failure } from '../../../core/errors.ts';
import type { Rule, Test } from '../../../stats/rule.ts';
import type { Amount } from '../../amount.ts';
import type { Values } from '../../command.ts';
import { amount, choice, flag, number } from '../../options.ts';
import { noMargin, noWorseThanOption, twoQuestions } from '../no-worse-than.ts';

const tests = ['auto', 'mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const;

/** The options that say what is asked of the samples. */
export const questionOptions = {
  '--threshold <amount>': amount(
    'how much better it must be: 5%, 10ms, or a number in the unit of the samples (default: any improvement)',
  ),
  ...noWorseThanOption,
  '--paired': flag('the samples are pairs, in this order: judged by the signed-rank test'),
  '--test <test>': choice('auto, mann_whitney, wilcoxon_signed_rank or mean_2sigma', tests, { otherwise: 'auto' }),
  '--higher-is-better': flag('for scores; rates (a unit such as ops/s) are known to be so'),
  '--alpha <p>': number('the chance to call an improvement that is not there', {
    least: 1e-6,
    most: 0.5,
    otherwise: 0.05,
  }),
  '--claim <claim>': choice(
    'proven: the lower bound reaches the threshold; observed: the estimate does (default proven)',
    ['proven', 'observed'],
  ),
};

/** What is asked of every two sets of samples. */
export type Question = {
  threshold: Amount;
  higherIsBetter: boolean;
  rule: { test: Test; paired: boolean; alpha: number; claim: Rule['claim'] };
};

const anyImprovement: Amount = { kind: 'absolute', value: 0, unit: '' };

/** @throws usage: two questions at once */
export function questionOf(given: Values<typeof questionOptions>): Question {
  const { threshold, test: asked, paired: declared, alpha, claim, noWorseThan, higherIsBetter } = given;
  if (noWorseThan !== undefined) mustBeAlone(noWorseThan, threshold, claim);
  const paired = declared || asked === 'wilcoxon_signed_rank';
  // Without an A/A session nothing supports the signed-rank test; declared pairs do.
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
      problem: `--claim ${claim} is about a gain, --no-worse-than asks whether it is no worse: these are two questions.`,
      hint: 'Give one of them.',
    });
  if (margin === 0) throw noMargin('the candidate');
}
