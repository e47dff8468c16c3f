import { percent } from '../options.ts';

/** The option that replaces the question “is it better?” with “is it no worse?”. */
export const noWorseThanOption = {
  '--no-worse-than <pct>': percent('ask if the candidate is worse by less than this', { least: 0, most: 100 }),
};
