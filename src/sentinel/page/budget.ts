import { budgetOf as msOf } from '../audit/score.ts';
import { targets } from '../benchmark/grade.ts';
import { milliseconds } from '../words.ts';

/** A time limit in ms, and the name of the limit. */
export type Limit = { name: 'budget' | 'target'; ms: number };

/** The budget of an event. Null for an event that has no budget. */
export function budgetOf(event: string): Limit | null {
  const ms = msOf(event);
  return ms === null ? null : { name: 'budget', ms };
}

/** The target for one execution of a hook in a benchmark. */
export const target: Limit = { name: 'target', ms: targets.usual_ms };

/**
 * The limit that a plot shows as a line. Null without a limit, or if the limit is more than three times the largest value, `most`. A plot
 * with such a limit would draw the values too close together.
 */
export const inReach = (limit: Limit | null, most: number): Limit | null =>
  limit !== null && limit.ms <= 3 * most ? limit : null;

/** `budget 100 ms`. */
export const limitWords = ({ name, ms }: Limit): string => `${name} ${milliseconds(ms)}`;

/** The last part of a plot's legend, which explains the limit. */
export function howToRead(limit: Limit | null, most: number): string {
  if (limit === null) return '';
  return inReach(limit, most)
    ? `; filled: over the ${limit.name}`
    : `; the ${limit.name} of ${milliseconds(limit.ms)} lies outside the figure`;
}
