import { median } from '../stats/robust.ts';
import type { Row } from './sample-rows.ts';
import type { Arms } from './story/story.ts';
import { medians } from './words.ts';

/** Rows of raw wall time for a table, below those of undelayed wall time. None where another metric was measured. */
export const rawRows = ({ raw_wall }: Arms): Row[] =>
  raw_wall
    ? [
        { label: 'base, raw wall time', values: raw_wall.base },
        { label: 'candidate, raw wall time', values: raw_wall.candidate },
      ]
    : [];

/** `raw wall time: medians 455 ms and 352 ms`. Null where another metric was measured, or nothing. */
export function rawMedians(arms: Arms | null, unit: string): string | null {
  const raw = arms?.raw_wall;
  if (!raw || raw.base.length === 0 || raw.candidate.length === 0) return null;
  return `raw wall time: medians ${medians({ baseline: median(raw.base), candidate: median(raw.candidate) }, unit)}`;
}
