import { exit } from '../../../core/errors.ts';
import { number } from '../../options.ts';

/** How two versions of hooks are compared. */
export const comparing = {
  '--threshold <pct>': number('from how many per cent on it is a regression', { least: 1, most: 1000, otherwise: 10 }),
  '--runs <n>': number('pairs of executions; what they leave open is run twice as often again', {
    least: 5,
    most: 100,
    whole: true,
    otherwise: 10,
  }),
};

const codes = {
  held: exit.done,
  flagged: exit.done,
  regressed: exit.gateSaidNo,
  undecided: exit.inconclusive,
} as const;

/** The exit code of a comparison. */
export const exitOf = (verdict: keyof typeof codes): number => codes[verdict];
