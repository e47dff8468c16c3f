import { percent } from '../options.ts';

/** The option that replaces the question “is it better?” with “is it no worse?”. */
export const noWorseThanOption = {
  '--no-worse-than <pct>': percent('ask if the candidate is at most this much worse', { least: 0, most: 100 }),
};
