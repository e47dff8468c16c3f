import { percent } from '../options.ts';

/** The option that asks for “no worse” instead of “better”. */
export const noWorseThanOption = {
  '--no-worse-than <pct>': percent('ask instead: is it worse by less than this?', { least: 0, most: 100 }),
};
