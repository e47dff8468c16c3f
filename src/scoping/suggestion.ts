import type { Source } from '../measure/sources/sources.ts';

/**
 * A metric to propose. `needs`: what the user must provide before the source can give a number. `why`:
 * the reason for the metric.
 */
export type Suggestion = {
  name: string;
  unit: string;
  lower_is_better: boolean;
  source: Source;
  needs?: string;
  why?: string;
};
