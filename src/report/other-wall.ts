import { median } from '../stats/robust.ts';
import type { Row } from './sample-rows.ts';
import type { Arms } from './story/story.ts';
import { medians } from './words.ts';

/**
 * Two table rows with the samples of raw wall time, one row per arm. In the table, they follow the rows of undelayed wall time. Empty for
 * other metrics.
 */
export const rawRows = ({ raw_wall }: Arms): Row[] =>
  raw_wall
    ? [
        { label: 'base, raw wall time', values: raw_wall.base },
        { label: 'candidate, raw wall time', values: raw_wall.candidate },
      ]
    : [];

/** Raw wall time in words, such as `raw wall time: medians 455 ms and 352 ms`. Null if undelayed wall time was not judged. */
export function otherMedians(arms: Arms | null, unit: string): string | null {
  const [other, name] = arms?.raw_wall ? [arms.raw_wall, 'raw'] : [arms?.undelayed_wall, 'undelayed'];
  if (!other || other.base.length === 0 || other.candidate.length === 0) return null;
  const both = medians({ baseline: median(other.base), candidate: median(other.candidate) }, unit);
  return `${name} wall time: medians ${both}`;
}
