/** Readers of single fields of foreign JSON; a field of another type is null. */

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The objects in a list. */
export const recordsIn = (value: unknown): Fields[] =>
  listOf(value).flatMap((one) => {
    const fields = fieldsOf(one);
    return fields ? [fields] : [];
  });

/** The upper limit of moments (ms since 1970) and durations (ms). */
const MOST_MS = 1e14;

/** A moment or a duration in ms, from 0; numbers may be written as strings. */
export function amountOf(value: unknown, most = MOST_MS): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= most ? number : null;
}

/** A moment in ms since 1970, from ISO 8601. */
export function momentOf(value: unknown): number | null {
  const moment = typeof value === 'string' && value.length < 40 ? Date.parse(value) : Number.NaN;
  return moment > 0 && moment <= MOST_MS ? moment : null;
}
