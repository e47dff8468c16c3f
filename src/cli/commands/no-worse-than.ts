import { failure } from '../../core/errors.ts';
import { percent } from '../options.ts';

/** The option that asks the other question. */
export const noWorseThanOption = {
  '--no-worse-than <pct>': percent('ask instead: is it worse by less than this?', { least: 0, most: 100 }),
};

export const twoQuestions = () =>
  failure('usage', {
    problem: '--threshold asks whether it is better, --no-worse-than whether it is no worse: these are two questions.',
    hint: 'Give one of them.',
  });

/** `what` is worse by less than nothing: no number of runs shows that. */
export const noMargin = (what: string) =>
  failure('usage', {
    problem: `That ${what} is worse by nothing at all is more than any number of runs can show.`,
    hint: 'Give a margin: --no-worse-than 3%.',
  });
