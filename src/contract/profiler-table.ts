import { domainProfilers } from './profilers/domain.ts';
import { generalProfilers } from './profilers/general.ts';
import { languageProfilers } from './profilers/language.ts';
import { nativeProfilers } from './profilers/native.ts';
import { nodeProfilers } from './profilers/node.ts';
import type { Profiler } from './profilers/profiler.ts';

/** Best first: the first that fits is recommended, the specific before the general. */
export const profilers: readonly Profiler[] = [
  ...domainProfilers,
  ...nodeProfilers,
  ...languageProfilers,
  ...nativeProfilers,
  ...generalProfilers,
];
