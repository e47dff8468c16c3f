import { percent } from '../options.ts';

/** The option that replaces the question “is it better?” with “is it no worse?”. */
export const noWorseThanOption = {
  '--no-worse-than <pct>': percent('instead: is the candidate worse by less than this?', { least: 0, most: 100 }),
};
