import { constants } from 'node:buffer';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { failure } from '../../core/errors.ts';

/** The largest allowed size of an unpacked file, in bytes. A larger file is refused, because profiles are untrusted input. */
const largest = 1024 * 1024 * 1024;

/** The fields of an object from a file, with unchecked values. */
export type Fields = Record<string, unknown>;

/**
 * The error `profile_unreadable` about a file. `expected` and `found` complete “expected …, found …”. `hint`:
 * advice, if any.
 */
export const unreadable = (file: string, expected: string, found: string, hint?: string) =>
  failure('profile_unreadable', { file, expected, found, hint });

/** Unpacks gzip; returns any other bytes as they are. @throws profile_unreadable */
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

/**
 * Converts text in UTF-16, which PowerShell writes with `>`, to UTF-8; returns any other bytes as they are. UTF-16 is recognised only by
 * its byte order mark.
 */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isLittle && !(bytes[0] === 0xfe && bytes[1] === 0xff)) return bytes;
  if (bytes.length >= constants.MAX_STRING_LENGTH) return bytes;
  return Buffer.from(new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes), 'utf8');
}

/** Unpacks the first bytes of a file. If that fails, returns the bytes as they are. */
export function unpackedStart(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
  } catch {
    return bytes;
  }
}

/** Parses a file as JSON. The text must fit in one string, which V8 limits to 512 MB. @throws profile_unreadable */
export function jsonOf(bytes: Uint8Array, file: string): unknown {
  if (bytes.length >= constants.MAX_STRING_LENGTH)
    throw unreadable(file, `JSON of less than ${constants.MAX_STRING_LENGTH} bytes`, `${bytes.length} bytes`);
  try {
    return JSON.parse(textOf(bytes));
  } catch (error) {
    throw unreadable(file, 'JSON', `${bytes.length} bytes that are not JSON (${(error as Error).message})`);
  }
}

/** Buffer.toString is used instead of TextDecoder, because it keeps ASCII at one byte per character in memory. */
const textOf = (bytes: Uint8Array) => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
};

/** Yields the lines of a text of any length, one at a time, without line ends. */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(10, from);
    const to = at === -1 ? bytes.length : at;
    yield textOf(bytes.subarray(from, bytes[to - 1] === 13 && to > from ? to - 1 : to));
    from = to + 1;
  }
}

/**
 * The fields of an object; an empty object for any other value. Read only fields whose names are written in perf-gate's code. For names
 * that come from a file, use `entriesOf`.
 */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** An object's own fields by name. A name that every object inherits, such as `constructor`, is found only if the file has it. */
export const entriesOf = (value: unknown): Map<string, unknown> => new Map(Object.entries(fieldsOf(value)));

/** The value if it is a list; an empty list for anything else. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The value if it is a text; an empty text for anything else. */
export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The value if it is a finite number of at least 0; 0 for anything else. */
export const amountOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;

/** The value if it is a line or column number (from 1); null for anything else. */
export const lineOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
