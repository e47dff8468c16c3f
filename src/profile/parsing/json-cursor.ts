import { quoted } from '../../core/text.ts';
import { unreadable } from './input.ts';

/**
 * A position in JSON text. Each reader begins at the offset `at` and moves `at` past the value that was read. In this way a list of
 * millions of numbers is read once, and its items never become objects. To skip a value, a reader searches only for its end.
 */
export type Json = { readonly bytes: Buffer; readonly file: string; at: number };

const code = (character: string) => character.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const comma = code(',');
const colon = code(':');
const minus = code('-');
const zero = code('0');
const list = { open: code('['), close: code(']') };
const object = { open: code('{'), close: code('}') };

const isSpace = (byte: number | undefined) => byte === 32 || byte === 10 || byte === 13 || byte === 9;
/** Whether this byte ends a number. */
const isEnd = (byte: number | undefined) =>
  byte === undefined || byte === comma || byte === list.close || byte === object.close || isSpace(byte);

/** A cursor at the beginning of a JSON text, after the byte order mark if there is one. */
export const jsonFrom = (bytes: Uint8Array, file: string): Json => ({
  bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  file,
  at: bytes[0] === 0xef ? 3 : 0,
});

/** Reads a whole file. @throws profile_unreadable: something follows the value that `read` reads */
export function whole<Value>(json: Json, read: (json: Json) => Value): Value {
  const value = read(json);
  if (peek(json) !== undefined) throw broken(json, 'the end of the file');
  return value;
}

/**
 * Makes a reader of objects. At each field that `readers` lists, the new reader calls the field's function, which must read or skip the
 * value. All other fields are skipped. If the value is no object, the reader skips it and returns false.
 */
export function fieldsReader(readers: Readonly<Record<string, (json: Json) => unknown>>): (json: Json) => boolean {
  const known = Object.entries(readers).map(([name, read]) => ({ name: Buffer.from(name), read }));
  const field = (json: Json) => {
    if (peek(json) !== quote) throw broken(json, 'a name in quotes');
    const from = json.at + 1;
    const to = stringEnd(json);
    json.at = to + 1;
    if (peek(json) !== colon) throw broken(json, 'a colon');
    json.at++;
    for (const { name, read } of known) {
      if (!isAt(json.bytes, from, to, name)) continue;
      read(json);
      return;
    }
    skip(json);
  };
  return (json) => elements(json, object, field);
}

/**
 * Calls the function `item` at each item of a list. This function must read or skip the item. If the value is no list, skips it and returns
 * false.
 */
export const eachItem = (json: Json, item: (index: number) => void): boolean => elements(json, list, (_, i) => item(i));

/**
 * Reads a list of numbers, NaN for null. Returns null if the value is no list.
 * @throws profile_unreadable: an item is neither a number nor null
 */
export function numbers(json: Json): Float64Array | null {
  if (peek(json) !== list.open) {
    skip(json);
    return null;
  }
  const read = new Float64Array(itemsAtMost(json));
  let length = 0;
  eachItem(json, (i) => {
    read[i] = number(json);
    length = i + 1;
  });
  return read.subarray(0, length);
}

/** Reads a number, NaN for null. @throws profile_unreadable: the value is neither a number nor null */
export function number(json: Json): number {
  const { bytes } = json;
  const sign = peek(json) === minus ? -1 : 1;
  const from = sign === -1 ? json.at + 1 : json.at;
  let at = from;
  let sum = 0;
  for (let digit = bytes[at]! - zero; digit >= 0 && digit <= 9; digit = bytes[++at]! - zero) sum = sum * 10 + digit;
  if (at > from && at - from < 16 && isEnd(bytes[at])) {
    json.at = at;
    return sign * sum;
  }
  // JSON.parse reads fractions, exponents and long numbers, because it rounds them correctly
  const start = { ...json };
  const read = value(json);
  if (read !== null && typeof read !== 'number') throw broken(start, 'a number');
  return read ?? Number.NaN;
}

/** Reads any value with JSON.parse. @throws profile_unreadable */
export function value(json: Json): unknown {
  peek(json);
  const from = json.at;
  skip(json);
  try {
    return JSON.parse(json.bytes.toString('utf8', from, json.at));
  } catch {
    throw broken({ ...json, at: from }, 'JSON');
  }
}

/** Reads the JSON text of a value, without the surrounding space. Callers use the text as a key: equal texts mean equal values. */
export function source(json: Json): string {
  peek(json);
  const from = json.at;
  skip(json);
  return json.bytes.toString('latin1', from, json.at).trimEnd();
}

/** Skips a value. @throws profile_unreadable: the value does not end */
export function skip(json: Json): void {
  const { bytes } = json;
  if (isEnd(peek(json))) throw broken(json, 'a value');
  let depth = 0;
  for (; json.at < bytes.length; json.at++) {
    const byte = bytes[json.at]!;
    if (byte === quote) json.at = stringEnd(json);
    else if (byte === list.open || byte === object.open) depth++;
    else if (byte === list.close || byte === object.close) {
      if (depth === 0) return;
      depth--;
    } else if (byte === comma && depth === 0) return;
  }
  if (depth > 0) throw broken(json, 'the end of an open list or object');
}

function elements(json: Json, brackets: typeof list, each: (json: Json, index: number) => void): boolean {
  if (peek(json) !== brackets.open) {
    skip(json);
    return false;
  }
  json.at++;
  if (peek(json) === brackets.close) {
    json.at++;
    return true;
  }
  for (let i = 0; ; i++) {
    each(json, i);
    const byte = peek(json);
    if (byte !== comma && byte !== brackets.close) throw broken(json, 'a comma or the end of the list');
    json.at++;
    if (byte === brackets.close) return true;
  }
}

/** Moves to the next byte that is no space, and returns this byte. Returns undefined at the end of the file. */
function peek(json: Json): number | undefined {
  while (isSpace(json.bytes[json.at])) json.at++;
  return json.bytes[json.at];
}

/** The position of the closing quote of the string that begins here. */
function stringEnd(json: Json): number {
  const { bytes } = json;
  for (let at = json.at + 1; at < bytes.length; at++) {
    if (bytes[at] === quote) return at;
    if (bytes[at] === backslash) at++;
  }
  throw broken({ ...json, at: bytes.length }, 'the end of a string');
}

/** The maximum number of items in the list at this position, provided that the list contains no other list. */
function itemsAtMost({ bytes, at }: Json): number {
  let items = 1;
  for (let i = at; i < bytes.length && bytes[i] !== list.close; i++) if (bytes[i] === comma) items++;
  return items;
}

function isAt(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  if (to - from !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name[i]) return false;
  return true;
}

function broken({ bytes, file, at }: Json, expected: string) {
  const rest = bytes.toString('utf8', at, at + 20);
  return unreadable(file, `JSON: ${expected} at byte ${at}`, rest === '' ? 'the end of the file' : quoted(rest));
}
