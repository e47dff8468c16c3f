import { stripVTControlCharacters } from 'node:util';

/** Control characters except tab and line feed, zero-width characters, and characters that change the reading direction. */
const invisible = /[^\P{Cc}\t\n]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** The characters that `visible` spells out: tab, line feed, and the characters of `invisible`. */
const hidden = /\p{Cc}|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A message quotes at most this many characters from the end of an output. */
const LONGEST_END = 2000;

/** Text from outside, without the characters that could control a terminal or reverse the reading direction. Keeps lines and tabs. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r(?=\n|$)/g, '')
    .replaceAll('\r', ' ')
    .replace(invisible, '');
}

/** Text from outside on one line, with single spaces and without control characters. */
export function oneLine(text: string): string {
  return printable(stripVTControlCharacters(text).replace(/\s+/g, ' ')).trim();
}

/**
 * The text on one line, with invisible characters spelled out as `\\n`, `\\t` or `\\u{…}`: for comparing texts that look alike.
 */
export function visible(text: string): string {
  const named: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return text.replace(hidden, (c) => named[c] ?? `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** The text, cut to at most `length` characters; `…` stands for the part that is cut off at the end. */
export function cut(text: string, length: number): string {
  const characters = [...text.slice(0, 2 * length + 2)];
  if (characters.length <= length) return text;
  const start = characters.slice(0, length - 1).join('');
  return `${start.trimEnd()}…`;
}

/** The text, cut to at most `length` characters; `…` stands for the part that is cut off at the start. */
export function cutStart(text: string, length: number): string {
  const characters = [...text.slice(-2 * length - 2)];
  if (characters.length <= length) return text;
  return `…${characters.slice(1 - length).join('')}`;
}

/** `“first words…”`: the start of a text on one line, for a sentence. */
export function quoted(text: string, length = 80): string {
  return `“${cut(oneLine(text), length)}”`;
}

/**
 * The last lines of an output, where programs usually say what is wrong. If an earlier line names an error (before a stack trace), that
 * line comes first. The result is empty for an output of blanks.
 */
export function lastLines(output: string, most = 12): string {
  const lines = output.trim().split('\n');
  const end = cutStart(printable(lines.slice(-most).join('\n')), LONGEST_END);
  const before = lines.slice(0, -most).findLast((line) => namesError.test(line));
  return before === undefined ? end : `${cut(oneLine(before), 300)}\n…\n${end}`;
}

const namesError = /^\s*(Uncaught\s+)?([\w.]*(Error|Exception)\b.*:|error(\[\w+\])?:|fatal:|panic:)/;

/** The last three lines of an output on one line, at most 300 characters: for a sentence. Empty for an output of blanks. */
export function lastWords(output: string): string {
  const lines = output.trim().split('\n').slice(-3);
  return cutStart(lines.map(oneLine).join(' / '), 300);
}

/** The text on new lines, each indented by four blanks, for the lines below the first line of a message. */
export function indented(lines: string | readonly string[]): string {
  const all = typeof lines === 'string' ? lines.split('\n') : lines;
  return all.map((line) => `\n    ${line}`).join('');
}

/** The text as one word for a shell, or for a program that splits a line as a shell does; quoted if necessary. */
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

/** `a, b, c and 12 more`: names for a sentence; long lists and long names are cut. */
export function listed(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map((name) => cut(oneLine(name), 80));
  return shown.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}
