import { failure } from '../core/errors.ts';

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
