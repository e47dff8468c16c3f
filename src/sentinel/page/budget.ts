import { budgetOf as msOf } from '../audit/score.ts';
import { targets } from '../benchmark/grade.ts';
import { milliseconds } from '../words.ts';

/** How long something may take, in ms, and what that is called. */
export type Limit = { name: 'budget' | 'target'; ms: number };

/** How long a person may wait for an event; null for one that has no budget. */
export function budgetOf(event: string): Limit | null {
  const ms = msOf(event);
  return ms === null ? null : { name: 'budget', ms };
}

/** How long one run of a hook may take in a benchmark. */
export const target: Limit = { name: 'target', ms: targets.usual_ms };

/** The limit where it is drawn; null where it would press all values, up to `most`, into a corner. */
export const inReach = (limit: Limit | null, most: number): Limit | null =>
  limit !== null && limit.ms <= 3 * most ? limit : null;

/** `budget 100 ms`. */
export const limitWords = ({ name, ms }: Limit): string => `${name} ${milliseconds(ms)}`;

/** What a figure of dots says about a limit, as the end of how to read it. */
export function howToRead(limit: Limit | null, most: number): string {
  if (limit === null) return '';
  return inReach(limit, most)
    ? `; filled: over the ${limit.name}`
    : `; the ${limit.name} of ${milliseconds(limit.ms)} lies beyond the figure`;
}
