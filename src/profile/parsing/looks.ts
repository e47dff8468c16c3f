import { oneLine } from '../../core/text.ts';
import { jsonShape } from './json-shape.ts';

/** A message quotes at most this many keys of an object, and at most this many characters of a text. */
const mostKeys = 8;
const mostText = 60;

/** File types other than profiles, by the hexadecimal digits of a file's first bytes. */
const kinds: readonly [start: string, what: string][] = [
  ['504b0304', 'a zip archive'],
  ['fd377a585a00', 'an xz archive'],
  ['28b52ffd', 'a zstd archive'],
  ['425a68', 'a bzip2 archive'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
  ['7f454c46', 'a program (ELF)'],
  ['89504e47', 'a PNG picture'],
  ['25504446', 'a PDF file'],
];

/** Describes an unknown file in a few words that complete the message “found …”. */
export function looksOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const head = bytes.subarray(0, 65_536);
  const digits = Buffer.from(head.subarray(0, 16)).toString('hex');
  const known = kinds.find(([start]) => digits.startsWith(start));
  if (known) return known[1];
  if (isBinary(head))
    return `binary data that begins with ${Buffer.from(head.subarray(0, 8))
      .toString('hex')
      .replace(/..(?=.)/g, '$& ')}`;
  const text = new TextDecoder().decode(head);
  const shape = jsonShape(text);
  if (shape) {
    const keys = shape.keys.slice(0, mostKeys).map((key) => `“${quoted(key)}”`);
    const what = shape.isList ? (keys.length > 0 ? 'a JSON list of objects' : 'a JSON list') : 'a JSON object';
    return keys.length === 0
      ? `${what}${shape.isList ? '' : ' without keys'}`
      : `${what} with the keys ${keys.join(', ')}${shape.keys.length > mostKeys ? ', …' : ''}`;
  }
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  return `text that begins with “${quoted(line.trim())}”`;
}

const quoted = (text: string) => oneLine(text.length > mostText ? `${text.slice(0, mostText)}…` : text);

/** Whether the bytes hold control characters that do not occur in text. */
const isBinary = (head: Uint8Array) => head.subarray(0, 1000).some((byte) => byte < 9 || (byte > 13 && byte < 27));
