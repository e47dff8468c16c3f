/** Lengths of time in ms. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** The midnight (UTC) before a moment; both in ms since 1970. */
export const midnight = (t: number): number => Math.floor(t / DAY) * DAY;

/** The day (UTC) of a moment in ms since 1970: `2026-11-29`. As texts, days sort by time. */
export const dayName = (t: number): string => new Date(t).toISOString().slice(0, 10);

/** `2026-03-01`, one day before, is `2026-02-28`. */
export const daysBefore = (day: string, count: number): string => dayName(Date.parse(`${day}T00:00:00Z`) - count * DAY);
