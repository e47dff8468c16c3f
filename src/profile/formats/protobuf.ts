import { unreadable } from './input.ts';

/**
 * A place in a message of protobuf. Readers begin at `at` and leave it behind what they read.
 * Format: https://protobuf.dev/programming-guides/encoding/
 */
export type Wire = { readonly bytes: Uint8Array; readonly file: string; at: number };

/** How many bytes a value takes by its wire type; those of the others tell it themselves. */
const fixed: Record<number, number> = { 1: 8, 5: 4 };

/**
 * Calls `act` at the value of each field before `end`, with where that value ends. A repeated number stands there once or
 * packed: reading numbers up to that end does for both.
 * @throws profile_unreadable
 */
export function eachField(wire: Wire, end: number, act: (field: number, end: number) => void): void {
  while (wire.at < end) {
    const tag = varint(wire);
    const valueEnd = endOf(wire, tag & 7);
    if (valueEnd > end) throw broken(wire, `a field that ends within its message (byte ${end})`);
    act(tag >>> 3, valueEnd);
    wire.at = valueEnd;
  }
}

/** Where the value that begins here ends; its length, if it has one, is read. */
function endOf(wire: Wire, type: number): number {
  if (type === 2) {
    const length = varint(wire);
    return wire.at + length;
  }
  if (type === 0) {
    let at = wire.at;
    while (wire.bytes[at]! >= 0x80) at++;
    return at + 1;
  }
  const length = fixed[type];
  if (length === undefined) throw broken(wire, 'a field of a known type');
  return wire.at + length;
}

/** A whole number from 0. From 2⁵³ on it is rounded. @throws profile_unreadable where it does not end */
export function varint(wire: Wire): number {
  const { bytes } = wire;
  const first = bytes[wire.at]!;
  if (first < 0x80) {
    wire.at++;
    return first;
  }
  let sum = 0;
  let scale = 1;
  for (let byte = 0x80; byte >= 0x80; scale *= 0x80) {
    byte = bytes[wire.at]!;
    if (byte === undefined || scale > 2 ** 63) throw broken(wire, 'a number');
    wire.at++;
    sum += (byte & 0x7f) * scale;
  }
  return sum;
}

/** The same, exact where it is larger: what is compared and not counted, such as an address. */
export function exactVarint(wire: Wire): number | bigint {
  const { at } = wire;
  const rounded = varint(wire);
  if (Number.isSafeInteger(rounded)) return rounded;
  let sum = 0n;
  for (let i = wire.at - 1; i >= at; i--) sum = (sum << 7n) | BigInt(wire.bytes[i]! & 0x7f);
  return sum;
}

/** A number that may be negative: those are written as if they were from 2⁶³ on. */
export function signedVarint(wire: Wire): number {
  const value = varint(wire);
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

export const textUpTo = ({ bytes, at }: Wire, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8');

function broken({ file, at }: Wire, expected: string) {
  return unreadable(file, `a pprof protobuf: ${expected} at byte ${at}`, 'something else');
}
