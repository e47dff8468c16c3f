/** The day of a time (ISO 8601), in UTC like all days of the store: `2026-01-28`. */
export const dayOf = (now: string): string => now.slice(0, 10);

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether a day lies more than `days` days before a time. False for an invalid day. */
export const isOld = (day: string, days: number, now: string): boolean =>
  Date.parse(dayOf(now)) - Date.parse(day) > days * DAY_MS;
