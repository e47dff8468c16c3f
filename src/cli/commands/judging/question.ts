import { amount, choice, flag, number } from '../../options.ts';
import { noWorseThanOption } from '../no-worse-than.ts';

const tests = ['auto', 'mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const;

/** The options that say how samples are judged, such as `--threshold 5%`. */
export const questionOptions = {
  '--threshold <amount>': amount(
    'how much better the candidate must be: 5%, 10ms, or a number in the samples’ unit (default: any improvement)',
  ),
  ...noWorseThanOption,
  '--paired': flag('pair the samples of base and candidate by their order; use the signed-rank test'),
  '--test <test>': choice('auto, mann_whitney, wilcoxon_signed_rank or mean_2sigma', tests, { otherwise: 'auto' }),
  '--higher-is-better': flag('higher samples are better, as for scores; automatic for rates such as ops/s'),
  '--alpha <p>': number('the chance of accepting an improvement that does not exist', {
    least: 1e-6,
    most: 0.5,
    otherwise: 0.05,
  }),
  '--claim <claim>': choice(
    'what must reach the threshold: the lower bound (proven, the default) or the estimate (observed)',
    ['proven', 'observed'],
  ),
};
