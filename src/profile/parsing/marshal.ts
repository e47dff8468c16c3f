import { unreadable } from './input.ts';

/**
 * The values in cProfile's output, which Python's `marshal` writes. A dict becomes a map. Each entry holds a key and its value, and is
 * stored under the key's JSON text.
 */
export type Marshalled = null | boolean | number | string | Marshalled[] | Map<string, [Marshalled, Marshalled]>;

/** The deepest nesting that is read. cProfile never nests values this deep. */
const deepest = 20;

/**
 * Reads a value that Python's `marshal.dumps` wrote: None, bool, numbers, strings, tuples, lists, dicts and references to earlier
 * values, but never code.
 * Format: https://github.com/python/cpython/blob/main/Python/marshal.c
 * @throws profile_unreadable: names the offset
 */
export function unmarshal(bytes: Uint8Array, file: string): Marshalled {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refs: Marshalled[] = [];
  let at = 0;
  const wrong = (found: string) => unreadable(file, 'the marshal data of cProfile', `${found} at byte ${at}`);
  const take = (count: number) => {
    if (count < 0 || at + count > bytes.length) throw wrong(`fewer than ${count} more bytes`);
    at += count;
    return at - count;
  };
  const text = (length: number, encoding: BufferEncoding) => {
    const from = take(length);
    return Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString(encoding);
  };
  const byte = () => view.getUint8(take(1));
  const int = () => view.getInt32(take(4), true);

  const end = Symbol('end');
  const list = (length: number, depth: number) => {
    if (length < 0 || length > bytes.length) throw wrong(`a list of ${length}`);
    return Array.from({ length }, () => value(depth));
  };
  /**
   * Reads a long integer: the number of its digits, and then the digits, of 15 bits each. If the integer is negative, the number of digits
   * is written as negative.
   */
  const long = () => {
    const digits = int();
    let sum = 0;
    for (let i = 0; i < Math.abs(digits); i++) sum += view.getUint16(take(2), true) * 2 ** (15 * i);
    return Math.sign(digits) * sum;
  };
  const dict = (depth: number) => {
    const map = new Map<string, [Marshalled, Marshalled]>();
    for (;;) {
      const key = read(depth);
      if (key === end) return map;
      map.set(JSON.stringify(key), [key as Marshalled, value(depth)]);
    }
  };
  const types: Record<string, (depth: number) => Marshalled | typeof end> = Object.assign(Object.create(null), {
    '0': () => end,
    N: () => null,
    T: () => true,
    F: () => false,
    i: () => int(),
    I: () => Number(view.getBigInt64(take(8), true)),
    l: () => long(),
    g: () => view.getFloat64(take(8), true),
    f: () => Number(text(byte(), 'latin1')),
    s: () => text(int(), 'latin1'),
    u: () => text(int(), 'utf8'),
    t: () => text(int(), 'utf8'),
    a: () => text(int(), 'latin1'),
    A: () => text(int(), 'latin1'),
    z: () => text(byte(), 'latin1'),
    Z: () => text(byte(), 'latin1'),
    ')': (depth: number) => list(byte(), depth),
    '(': (depth: number) => list(int(), depth),
    '[': (depth: number) => list(int(), depth),
    '{': (depth: number) => dict(depth),
  });
  function read(depth: number): Marshalled | typeof end {
    if (depth > deepest) throw wrong('values nested too deeply');
    const code = byte();
    const type = String.fromCharCode(code & 0x7f);
    if (type === 'r') {
      const index = int();
      if (!(index in refs)) throw wrong(`a reference to value ${index}, which is not there`);
      return refs[index]!;
    }
    const make = types[type];
    if (!make) throw wrong(`a value of type ${JSON.stringify(type)}`);
    // a value gets its reference number before the values inside it do
    const index = code & 0x80 ? refs.push(null) - 1 : -1;
    const made = make(depth + 1);
    if (index !== -1 && made !== end) refs[index] = made;
    return made;
  }
  function value(depth: number): Marshalled {
    const found = read(depth);
    if (found === end) throw wrong('the end of a dict');
    return found;
  }
  return value(0);
}
