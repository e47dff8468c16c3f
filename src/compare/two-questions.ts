import { failure } from '../core/errors.ts';

export const twoQuestions = () =>
  failure('usage', {
    problem: '--threshold asks for “better”, --no-worse-than for “no worse”: these are two questions.',
    hint: 'Give only one of them.',
  });

/** The error for a margin of 0, which no number of runs can prove. */
export const noMargin = (what: string) =>
  failure('usage', {
    problem: `A margin of 0 cannot be proven: no number of runs can show that ${what} is not worse at all.`,
    hint: 'Give a margin: --no-worse-than 3%.',
  });
