import { describe, expect, it } from 'vitest';
import {
  count,
  cut,
  cutStart,
  indented,
  lastLines,
  lastWords,
  oneLine,
  printable,
  quoted,
  shellWord,
  visible,
} from '../../src/core/text.ts';

const evil = '\u001b[2J\u001b]0;title\u0007red\u202e\u200b\u009b31m\u0000';

describe('text from outside', () => {
  it('keeps lines and tabs, and loses characters that control a terminal or change the reading direction', () => {
    expect(printable(`a\t${evil}b\r\nc\rd\n`)).toBe('a\tredb\nc d\n');
    expect(printable('größer → 12 µs\n')).toBe('größer → 12 µs\n');
  });

  it('becomes one line', () => {
    expect(oneLine(` a\n\n b\t${evil} c\r\n`)).toBe('a b red c');
    expect(oneLine('\u001b[31m\n\u001b[0m')).toBe('');
  });
});

it('a text is never cut in the middle of a character', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdef', 5)).toBe('abcd…');
  expect(cut('abc def', 5)).toBe('abc…');
  expect(cut('🚀🚀🚀', 3)).toBe('🚀🚀🚀');
  expect(cut('🚀🚀🚀', 2)).toBe('🚀…');
  expect(cutStart('abcdef', 6)).toBe('abcdef');
  expect(cutStart('abcdef', 5)).toBe('…cdef');
  expect(cutStart('🚀🚀🚀', 3)).toBe('🚀🚀🚀');
  expect(cutStart('🚀🚀🚀', 2)).toBe('…🚀');
});

it('the start of a text is quoted', () => {
  expect(quoted('a\nb')).toBe('“a b”');
  expect(quoted('x'.repeat(100))).toBe(`“${'x'.repeat(79)}…”`);
});

it('the end of an output, where programs say what is wrong, is quoted', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
  expect(lastLines(`${lines.join('\n')}\n\n`)).toBe(lines.slice(8).join('\n'));
  expect(lastLines('x'.repeat(5000))).toBe(`…${'x'.repeat(1999)}`);
  expect(lastLines(' \n')).toBe('');
  expect(lastWords(`${lines.join('\n')}\n`)).toBe('line 18 / line 19 / line 20');
  expect(lastWords(`${'x'.repeat(400)} the end`)).toMatch(/^…x+ the end$/);
  expect(lastWords(`${'x'.repeat(400)} the end`)).toHaveLength(300);
  expect(lastWords('\n')).toBe('');
});

it('lines are indented, words are quoted for a shell, and nouns are counted', () => {
  expect(indented('a\nb')).toBe('\n    a\n    b');
  expect(indented(['a', 'b'])).toBe('\n    a\n    b');
  expect(shellWord('src/a.js:3')).toBe('src/a.js:3');
  expect(shellWord(`it's`)).toBe(`'it'\\''s'`);
  expect(count(1, 'attempt')).toBe('1 attempt');
  expect(count(0, 'attempt')).toBe('0 attempts');
  expect(count(2, 'child', 'children')).toBe('2 children');
});

it('two texts that differ only in invisible characters are printed differently', () => {
  expect(visible('a\tb\r\n')).toBe('a\\tb\\r\\n');
  expect(visible('no\u200bwidth \u001b[31m')).toBe('no\\u{200b}width \\u{1b}[31m');
  expect(visible('größer →')).toBe('größer →');
});
