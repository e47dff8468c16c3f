import { percent } from '../options.ts';

/** The option that asks for “no worse” instead of “better”. */
export const noWorseThanOption = {
  '--no-worse-than <pct>': percent('instead: is the candidate worse by less than this?', { least: 0, most: 100 }),
};
