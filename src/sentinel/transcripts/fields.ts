/** Readers of single fields of foreign JSON: what has another shape is null. */

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

/** Later than any moment, in ms since 1970, and longer than any duration, in ms. */
const MOST_MS = 1e14;

/** A number from 0 on that can be a moment or a duration in ms, also one that was written as a text. */
export function amountOf(value: unknown, most = MOST_MS): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= most ? number : null;
}

/** A moment in ms since 1970, from ISO 8601. */
export function momentOf(value: unknown): number | null {
  const moment = typeof value === 'string' && value.length < 40 ? Date.parse(value) : Number.NaN;
  return moment > 0 && moment <= MOST_MS ? moment : null;
}
