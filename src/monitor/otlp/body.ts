import { cut, oneLine } from '../../core/text.ts';
import { DAY } from '../../core/time.ts';

/** A JSON object, of which nothing is known. */
type Loose = Record<string, unknown>;

/** What stands under a name, whatever it is. */
export type Attributes = Map<string, string | number | boolean>;

/** More than the client sends with one record; a longer list is cut. */
const MOST_ATTRIBUTES = 128;

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** The objects in a list that stands under a name; none where there is no list. */
export const objectsIn = (of: unknown, name: string): Loose[] => {
  const list = isObject(of) ? of[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/** The attributes of a record, a point, a span or a resource. Lists and mappings among them are left out: the client sends none. */
export function attributesOf(of: unknown): Attributes {
  const found: Attributes = new Map();
  for (const { key, value } of objectsIn(of, 'attributes').slice(0, MOST_ATTRIBUTES)) {
    const single = singleOf(value);
    if (typeof key === 'string' && single !== undefined) found.set(key, single);
  }
  return found;
}

/** The one value of OTLP's `{"stringValue": …}` and its kin. 64-bit integers come as texts. */
function singleOf(value: unknown): string | number | boolean | undefined {
  if (!isObject(value)) return undefined;
  const { stringValue, boolValue, intValue, doubleValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  return numberFrom(intValue ?? doubleValue);
}

/** A finite number, also where it is written as a text: the client writes both. */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** The name of something, on one line, of a length that a table can hold; `''` where it has none. */
export function nameFrom(value: unknown): string {
  return typeof value === 'string' ? cut(oneLine(value.slice(0, 1000)), 120) : '';
}

/** Whether it can be written as a text, or is left out: of a mapping, its own `toString` could throw. */
export const isPlain = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string' || typeof value === 'number';

/** True or false, also where it is written as a text. */
export function truthFrom(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

/** 2020: the client is younger, so an earlier time is a wrong clock. */
const EARLIEST = 1_577_836_800_000;

/** Nanoseconds since 1970 as milliseconds. A time that cannot be (before the client was, or in the future) counts as `now`. */
export function timeFrom(nanos: unknown, now: number): number {
  const ms = Math.round((numberFrom(nanos) ?? 0) / 1e6);
  return ms >= EARLIEST && ms <= now + DAY ? ms : now;
}
