/** Durations in ms. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** The last midnight (UTC) at or before a time. Argument and result are in ms since 1970. */
export const midnight = (t: number): number => Math.floor(t / DAY) * DAY;

/** The day (UTC), such as `2026-11-29`, of a time in ms since 1970. Sorted as texts, such days are in the order of time. */
export const dayName = (t: number): string => new Date(t).toISOString().slice(0, 10);

/** The day that is `count` days earlier: `2026-03-01` and 1 give `2026-02-28`. */
export const daysBefore = (day: string, count: number): string => dayName(Date.parse(`${day}T00:00:00Z`) - count * DAY);
