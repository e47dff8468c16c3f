/** Functions that read single fields of JSON from other programs. A field of an unexpected type is read as null. */

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The elements of a list that are objects; all others are left out. */
export const recordsIn = (value: unknown): Fields[] =>
  listOf(value).flatMap((one) => {
    const fields = fieldsOf(one);
    return fields ? [fields] : [];
  });

/** The upper limit of times (ms since 1970) and durations (ms). */
const MOST_MS = 1e14;

/** A time or a duration in ms, at least 0. A number can also be written as a string. */
export function amountOf(value: unknown, most = MOST_MS): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= most ? number : null;
}

/** A time in ms since 1970, read from ISO 8601. */
export function momentOf(value: unknown): number | null {
  const moment = typeof value === 'string' && value.length < 40 ? Date.parse(value) : Number.NaN;
  return moment > 0 && moment <= MOST_MS ? moment : null;
}
