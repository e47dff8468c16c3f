import { cut, oneLine } from '../../core/text.ts';
import { DAY } from '../../core/time.ts';

/** A JSON object of unknown shape. */
type Loose = Record<string, unknown>;

/** The values of attributes by name. */
export type Attributes = Map<string, string | number | boolean>;

/** At most this number of attributes are read from one record. The client sends fewer. */
const MOST_ATTRIBUTES = 128;

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** The objects in the list of the field `name`; empty if the field is not a list. */
export const objectsIn = (of: unknown, name: string): Loose[] => {
  const list = isObject(of) ? of[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/**
 * The attributes of a record, a point, a span or a resource. Attributes that are lists or mappings are left out, because the client sends
 * none.
 */
export function attributesOf(of: unknown): Attributes {
  const found: Attributes = new Map();
  for (const { key, value } of objectsIn(of, 'attributes').slice(0, MOST_ATTRIBUTES)) {
    const single = singleOf(value);
    if (typeof key === 'string' && single !== undefined) found.set(key, single);
  }
  return found;
}

/** The value in an OTLP object such as `{"stringValue": …}`. OTLP writes 64-bit integers as texts. */
function singleOf(value: unknown): string | number | boolean | undefined {
  if (!isObject(value)) return undefined;
  const { stringValue, boolValue, intValue, doubleValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  return numberFrom(intValue ?? doubleValue);
}

/** Reads a finite number, which the client sends as a number or as text. */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Reads a name: a text on one line, cut to a length that fits into a table; `''` if the value is not a text. */
export function nameFrom(value: unknown): string {
  return typeof value === 'string' ? cut(oneLine(value.slice(0, 1000)), 120) : '';
}

/** Whether a value is absent or can be safely converted to text. An object is unsafe, because its `toString` could throw. */
export const isPlain = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string' || typeof value === 'number';

/** Reads a boolean, which may be written as text; null for any other value. */
export function truthFrom(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

/** The beginning of 2020, when the client did not exist yet. An earlier time means that a clock is wrong. */
const EARLIEST = 1_577_836_800_000;

/** Converts nanoseconds since 1970 to milliseconds. An impossible time (before 2020, or more than a day in the future) becomes `now`. */
export function timeFrom(nanos: unknown, now: number): number {
  const ms = Math.round((numberFrom(nanos) ?? 0) / 1e6);
  return ms >= EARLIEST && ms <= now + DAY ? ms : now;
}
