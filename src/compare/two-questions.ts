import { failure } from '../core/errors.ts';

export const twoQuestions = () =>
  failure('usage', {
    problem: '--threshold asks whether the candidate is better, and --no-worse-than asks whether it is no worse.',
    hint: 'Give only one of these two options.',
  });

/** The error for a margin of 0, which no number of executions can prove. */
export const noMargin = (what: string) =>
  failure('usage', {
    problem: `A margin of 0 cannot be proven: no number of executions can show that ${what} is not worse at all.`,
    hint: 'Give a margin: --no-worse-than 3%.',
  });
