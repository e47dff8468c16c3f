/**
 * Encoded forms of a text. The whole text can be in base64 (at any offset in the encoded data) or in hex. Single characters can be
 * escaped as in URLs, JSON, C and HTML, also next to unescaped characters.
 */

/**
 * The strings to search for in encoded data. One of them appears if the text was encoded in base64, base64url or hex, also with other data
 * before and after it.
 */
export function encodings(text: string): string[] {
  const bytes = Buffer.from(text);
  const aligned = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    // the first and last encoded characters can also hold bits of the neighbouring data, so the slice excludes these characters
    return whole.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
  });
  const forUrls = aligned.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = bytes.toString('hex');
  return [...aligned, ...forUrls, hex, hex.toUpperCase()];
}

/**
 * A way to decode a text: `escaped` matches an escape sequence, and `decode` returns the characters that this sequence stands for.
 * `toUnits` converts a text to the units that escape sequences stand for (characters or bytes), and `toText` converts these units to a
 * text again.
 */
export type Reading = {
  escaped: RegExp;
  decode(match: string): string;
  toUnits(text: string): string;
  toText(text: string): string;
};

const same = (text: string) => text;

/** Removes the line breaks that encoders insert into long output. A line break can also be escaped, as `\n`. */
export const joined: Reading = {
  escaped: /(?:\s|\\[rn]){1,8}(?<=[\w+/-]{30}(?:\s|\\[rn]){1,8})(?=[\w+/=-])/g,
  decode: () => '',
  toUnits: same,
  toText: same,
};

/**
 * The kinds of escape sequences. Each kind is a pattern, and a function that returns the bytes for which a matched sequence stands. The
 * patterns allow repeated backslashes (JSON in JSON) and percent signs that are encoded again (a URL in a URL).
 */
const escapes: [pattern: string, bytes: (first: string, second: string) => string][] = [
  ['%(?:25)*([0-9a-f]{2})', (digits) => byte(digits, 16)],
  [
    '\\\\+u(d[89ab][0-9a-f]{2})\\\\+u(d[c-f][0-9a-f]{2})',
    (high, low) => unit(Number.parseInt(high, 16), Number.parseInt(low, 16)),
  ],
  ['\\\\+u([0-9a-f]{4})', (digits) => unit(Number.parseInt(digits, 16))],
  ['\\\\+u\\{([0-9a-f]{1,6})\\}', (digits) => point(Number.parseInt(digits, 16))],
  ['\\\\+x([0-9a-f]{2})', (digits) => byte(digits, 16)],
  ['\\\\+([0-3][0-7]{2})', (digits) => byte(digits, 8)],
  ['\\\\+(["\'/])', (mark) => mark],
  ['(\\\\){2,}', (backslash) => backslash],
  ['&#x([0-9a-f]{1,6});', (digits) => point(Number.parseInt(digits, 16))],
  ['&#(\\d{1,7});', (digits) => point(Number(digits))],
  ['&(quot|amp|apos|lt|gt);', (name) => named[name.toLowerCase()]!],
];
const toBytes = (text: string) => Buffer.from(text).toString('latin1');
const named: Record<string, string> = { quot: '"', amp: '&', apos: "'", lt: '<', gt: '>' };

const byte = (digits: string, radix: number) => String.fromCharCode(Number.parseInt(digits, radix));
const unit = (...units: number[]) => toBytes(String.fromCharCode(...units));
const point = (code: number) => (code > 0x10ffff ? '' : toBytes(String.fromCodePoint(code)));

const ways = escapes.map(([pattern, bytes]) => ({ whole: new RegExp(`^(?:${pattern})$`, 'i'), bytes }));

/**
 * Replaces escape sequences by the characters for which they stand. `toUnits` makes one character of each byte of a text, because URLs and
 * C escape single bytes.
 */
export const unescaped: Reading = {
  // the lookahead saves time, because most characters of a text are not the first character of an escape sequence
  escaped: new RegExp(`(?=[%\\\\&])(?:${escapes.map(([pattern]) => pattern).join('|')})`, 'gi'),
  decode(match) {
    for (const { whole, bytes } of ways) {
      const [, first = '', second = ''] = whole.exec(match) ?? [];
      if (first) return bytes(first, second);
    }
    return match;
  },
  toUnits: toBytes,
  toText: (bytes) => Buffer.from(bytes, 'latin1').toString(),
};
