import { amount, choice, flag, number } from '../../options.ts';
import { noWorseThanOption } from '../no-worse-than.ts';

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
