import { stripVTControlCharacters } from 'node:util';

/** Control characters except tab and line feed, zero-width characters, and characters that change the reading direction. */
const invisible = /[^\P{Cc}\t\n]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** The characters that `visible` replaces by `\n`, `\t` or `\u{…}`: tab, line feed, and the characters of `invisible`. */
const hidden = /\p{Cc}|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A message quotes at most this many characters from the end of an output. */
const LONGEST_END = 2000;

/**
 * A text of another program or person, without the characters that could control a terminal or reverse the reading direction. Line feeds
 * and tabs stay.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r(?=\n|$)/g, '')
    .replaceAll('\r', ' ')
    .replace(invisible, '');
}

/** A text of another program or person on one line, with single spaces and without control characters. */
export function oneLine(text: string): string {
  return printable(stripVTControlCharacters(text).replace(/\s+/g, ' ')).trim();
}

/** The text on one line, with invisible characters written as `\n`, `\t` or `\u{…}`. Readers can then compare texts that look alike. */
export function visible(text: string): string {
  const named: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return text.replace(hidden, (c) => named[c] ?? `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** The text, shortened to at most `length` characters. If the end is cut off, the text ends with `…`. */
export function cut(text: string, length: number): string {
  const characters = [...text.slice(0, 2 * length + 2)];
  if (characters.length <= length) return text;
  const start = characters.slice(0, length - 1).join('');
  return `${start.trimEnd()}…`;
}

/** The text, shortened to at most `length` characters. If the start is cut off, the text begins with `…`. */
export function cutStart(text: string, length: number): string {
  const characters = [...text.slice(-2 * length - 2)];
  if (characters.length <= length) return text;
  return `…${characters.slice(1 - length).join('')}`;
}

/** The start of a text on one line and in quotation marks, such as `“first words…”`, as part of a sentence. */
export function quoted(text: string, length = 80): string {
  return `“${cut(oneLine(text), length)}”`;
}

/**
 * The last lines of an output, where programs usually say what is wrong. If an earlier line names an error, as the line before a long stack
 * trace does, that line is put first. Empty if the output has only blanks.
 */
export function lastLines(output: string, most = 12): string {
  const lines = output.trim().split('\n');
  const end = cutStart(printable(lines.slice(-most).join('\n')), LONGEST_END);
  const before = lines.slice(0, -most).findLast((line) => namesError.test(line));
  return before === undefined ? end : `${cut(oneLine(before), 300)}\n…\n${end}`;
}

const namesError = /^\s*(Uncaught\s+)?([\w.]*(Error|Exception)\b.*:|error(\[\w+\])?:|fatal:|panic:)/;

/**
 * The last three lines of an output, joined to one line of at most 300 characters, as part of a sentence. Empty if the output has only
 * blanks.
 */
export function lastWords(output: string): string {
  const lines = output.trim().split('\n').slice(-3);
  return cutStart(lines.map(oneLine).join(' / '), 300);
}

/** Each line of the text on a new line, indented by four blanks. Callers append the result to the first line of a message. */
export function indented(lines: string | readonly string[]): string {
  const all = typeof lines === 'string' ? lines.split('\n') : lines;
  return all.map((line) => `\n    ${line}`).join('');
}

/** The text as one word of a command line, quoted if necessary. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `a, b or c`. */
export function oneOf(values: readonly unknown[]): string {
  return values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** `2 attempts`, `1 attempt`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** Names as part of a sentence, such as `a, b, c and 12 more`. Long lists and long names are shortened. */
export function listed(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map((name) => cut(oneLine(name), 80));
  return shown.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}
