import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstBroken, linesOf, sampleLog } from '../../src/artifact/sample-chain.ts';
import { folder } from '../helpers/folder.ts';

const same = (text: string) => text;

function written(count: number) {
  const file = join(folder(), 'screen.jsonl');
  const log = sampleLog(file, same);
  for (let index = 0; index < count; index++) log.append({ index, wall_ms: 10 + index });
  return { file, log, lines: linesOf(file) };
}

it('the first line that was edited, removed, added, swapped or stripped of its hashes is found', () => {
  const { lines } = written(5);
  expect(firstBroken(lines)).toBe(null);
  expect(firstBroken(lines.toSpliced(2, 1, lines[2]!.replace('12', '2')))).toBe(3);
  expect(firstBroken(lines.toSpliced(4, 1, lines[4]!.replace('14', '4')))).toBe(5); // the last line, whose hash no other line holds
  expect(firstBroken(lines.toSpliced(1, 1))).toBe(2);
  expect(firstBroken(lines.toSpliced(0, 1))).toBe(1);
  expect(firstBroken(lines.toSpliced(3, 0, lines[2]!))).toBe(4);
  expect(firstBroken(lines.toSpliced(3, 1, '{"index":3,"wall_ms":1}'))).toBe(4);
});

it('lines without hashes of an older version are accepted, and new lines follow them', () => {
  const { file, lines } = written(0);
  writeFileSync(file, '{"index":0,"wall_ms":10}\n{"index":1,"wall_ms":11}\n');
  sampleLog(file, same).append({ index: 2, wall_ms: 12 });
  expect(lines).toEqual([]);
  expect(firstBroken(linesOf(file))).toBe(null);
  expect(firstBroken(linesOf(file).toSpliced(1, 1, '{"index":1,"wall_ms":1}'))).toBe(3);
});

it('the seal covers the lines of this process, and reports a line that another process wrote', () => {
  const { file, log, lines } = written(3);
  expect(log.seal()).toMatch(/^[0-9a-f]{64}$/);
  appendFileSync(file, `${lines[0]}\n`);
  expect(() => log.seal()).toThrow(/line 4 of/);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"wall_ms":10', '"wall_ms":1'));
  expect(() => log.seal()).toThrow(/line 1 of/);
});
