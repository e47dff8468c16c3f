import type { Attempt, Case } from '../analytics/cases.ts';
import type { Around } from './provers.ts';

/** Measures the files that a hook had before a change against those after it, in turn, in the sentinel's cage. */
export const bySentinel = async (_one: Case, _around: Around): Promise<Attempt> => ({
  state: 'left',
  code: 'not_noted',
});
