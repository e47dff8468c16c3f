import { domainProfilers } from './domain.ts';
import { generalProfilers } from './general.ts';
import { languageProfilers } from './language.ts';
import { nativeProfilers } from './native.ts';
import { nodeProfilers } from './node.ts';
import type { Profiler } from './profiler.ts';

/** Best first: the first that fits is recommended, the specific before the general. */
export const profilers: readonly Profiler[] = [
  ...domainProfilers,
  ...nodeProfilers,
  ...languageProfilers,
  ...nativeProfilers,
  ...generalProfilers,
];
