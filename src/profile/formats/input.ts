import { constants } from 'node:buffer';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { failure } from '../../core/errors.ts';

/** Profiles come from anywhere, so nothing in them is believed: what unpacks to more than this (bytes) is refused. */
const largest = 1024 * 1024 * 1024;

export type Fields = Record<string, unknown>;

export const unreadable = (file: string, expected: string, found: string) =>
  failure('profile_unreadable', { file, expected, found });

/** What gzip packed, unpacked; anything else as it is. @throws profile_unreadable */
export function unpacked(bytes: Uint8Array, file: string, most = largest): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const expected = tooLarge ? `at most ${most} bytes when unpacked` : 'a whole gzip file';
    throw unreadable(file, expected, tooLarge ? 'more' : (error as Error).message);
  }
}

/** The same for the first bytes of a file; what cannot be unpacked is left as it is. */
export function unpackedStart(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
  } catch {
    return bytes;
  }
}

/** The JSON in a file. V8 holds no longer string than 512 MB, so neither can a file be longer. @throws profile_unreadable */
export function jsonOf(bytes: Uint8Array, file: string): unknown {
  if (bytes.length >= constants.MAX_STRING_LENGTH)
    throw unreadable(file, `JSON of less than ${constants.MAX_STRING_LENGTH} bytes`, `${bytes.length} bytes`);
  try {
    return JSON.parse(textOf(bytes));
  } catch (error) {
    throw unreadable(file, 'JSON', `${bytes.length} bytes that are not JSON (${(error as Error).message})`);
  }
}

/** Plain ASCII takes a byte a character in memory, which a TextDecoder does not promise. */
const textOf = (bytes: Uint8Array) => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
};

/** The lines of a text of any length, one at a time, without their ends. */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(10, from);
    const to = at === -1 ? bytes.length : at;
    yield textOf(bytes.subarray(from, bytes[to - 1] === 13 && to > from ? to - 1 : to));
    from = to + 1;
  }
}

/** The fields of an object; none for anything else. Only fixed names may be asked of it: names from a file go through `entriesOf`. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** An object's own fields by name, those that are called like something of every object (`constructor`) too. */
export const entriesOf = (value: unknown): Map<string, unknown> => new Map(Object.entries(fieldsOf(value)));

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A finite number of at least 0; 0 for anything else. */
export const amountOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;

/** A line or column from 1; null for anything else. */
export const lineOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
