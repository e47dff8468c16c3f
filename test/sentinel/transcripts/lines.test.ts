import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readJsonLines, readLines } from '../../../src/sentinel/transcripts/lines.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const MB = 1024 ** 2;

const linesIn = (text: string | Buffer) => {
  const file = join(temporaryFolder(), 'lines');
  writeFileSync(file, text);
  const lines: (string | null)[] = [];
  readLines(file, (line) => lines.push(line === null ? null : line.toString('utf8')));
  return lines;
};

it('passes on whole lines, wherever a chunk of the file ends', () => {
  const long = 'ä'.repeat(0.8 * MB);
  expect(linesIn(`a\n\n${long}\nb\n${long}`)).toEqual(['a', long, 'b', long]);
  expect(linesIn('')).toEqual([]);
});

it('skips a line that is too long, and continues after it', () => {
  expect(linesIn(Buffer.concat([Buffer.from('a\n'), Buffer.alloc(17 * MB, 'x'), Buffer.from('\nb\n')]))).toEqual([
    'a',
    null,
    'b',
  ]);
});

it('opens only regular files', () => {
  const folder = join(temporaryFolder(), 'folder');
  mkdirSync(folder);
  expect(() => readJsonLines(folder, () => true)).toThrow();
  expect(() => readJsonLines(join(folder, 'none'), () => true)).toThrow();
});
