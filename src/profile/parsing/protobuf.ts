import { unreadable } from './input.ts';

/**
 * A position in a protobuf message. Each reader begins at the offset `at` and moves `at` past the value that was read.
 * Format: https://protobuf.dev/programming-guides/encoding/
 */
export type Wire = { readonly bytes: Uint8Array; readonly file: string; at: number };

/**
 * The length in bytes of the values of a wire type. Values of other wire types are length-prefixed, or are numbers that mark their own end.
 */
const fixed: Record<number, number> = { 1: 8, 5: 4 };

/**
 * Calls `act` at the value of each field before `end`, with the field's number and the end of the value. If the value is a list of numbers,
 * `act` can read them one by one until it reaches the end of the value.
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

/** The end of the value that begins at the position. For a length-prefixed value, reads the length, so that the position moves past it. */
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

/** Reads a whole number of at least 0; a number of 2⁵³ or more is rounded. @throws profile_unreadable: the number does not end */
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

/** Reads a whole number exactly; a number of 2⁵³ or more becomes a bigint. Used for values that are compared, such as addresses. */
export function exactVarint(wire: Wire): number | bigint {
  const { at } = wire;
  const rounded = varint(wire);
  if (Number.isSafeInteger(rounded)) return rounded;
  let sum = 0n;
  for (let i = wire.at - 1; i >= at; i--) sum = (sum << 7n) | BigInt(wire.bytes[i]! & 0x7f);
  return sum;
}

/** Reads a number that may be negative. The format writes a negative number as a number of 2⁶³ or more. */
export function signedVarint(wire: Wire): number {
  const value = varint(wire);
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

/** The text between the position and `end`, in UTF-8. The position does not move. */
export const textUpTo = ({ bytes, at }: Wire, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8');

function broken({ file, at }: Wire, expected: string) {
  return unreadable(file, `a pprof protobuf: ${expected} at byte ${at}`, 'something else');
}
