import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appendEntry, type JournalRecord, mendTail, readJournal, setAside } from '../../src/artifact/journal.ts';
import { temporaryFolder } from '../helpers/repository.ts';

/** A journal of `count` records about pauses; the first carries text of every kind. */
function journal(count: number): { file: string; records: JournalRecord[] } {
  const file = join(temporaryFolder(), 'journal.jsonl');
  const records: JournalRecord[] = [];
  for (let i = 0; i < count; i++) {
    const by = i === 0 ? 'ä "quoted" \u2028 \n line' : `somebody ${i}`;
    records.push(appendEntry(file, records.at(-1), { type: 'paused', by }, `2026-01-01T00:00:0${i}.000Z`));
  }
  return { file, records };
}

const damagedAt = (line: number) =>
  expect.objectContaining({ code: 'journal_damaged', message: expect.stringContaining(`at line ${line} of`) });

it('appended records are read back, numbered and chained', () => {
  const { file, records } = journal(4);
  expect(readJournal(file)).toMatchObject({ records, torn: false });
  expect(records.map((r) => r.seq)).toEqual([1, 2, 3, 4]);
  expect(new Set(records.map((r) => r.prev)).size).toBe(4);
  expect(readFileSync(file, 'utf8').match(/\n/g)).toHaveLength(4);
});

it('a last line that was cut at any byte is ignored, and the journal continues after it', () => {
  const { file, records } = journal(3);
  const whole = readFileSync(file);
  const begin = whole.lastIndexOf('\n', whole.length - 2) + 1;
  for (let cut = begin + 1; cut < whole.length; cut += 7) {
    writeFileSync(file, whole.subarray(0, cut));
    const torn = readJournal(file);
    expect(torn).toMatchObject({ torn: true, bytes: begin });
    expect(torn.records).toEqual(records.slice(0, 2));
    mendTail(file, torn);
    const next = appendEntry(file, torn.records.at(-1), { type: 'resumed', by: 'me' }, 'later');
    expect(readJournal(file)).toMatchObject({ torn: false, records: [...records.slice(0, 2), next] });
  }
});

it('a change of any line is refused, with the number of the line', () => {
  const { file } = journal(4);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  for (const index of lines.keys()) {
    const changed = lines.with(index, lines[index]!.replace('"paused"', '"resumed"'));
    writeFileSync(file, `${changed.join('\n')}\n`);
    expect(() => readJournal(file)).toThrow(damagedAt(index + 1));
  }
});

it.each<[string, (lines: string[]) => string[], number]>([
  ['a line that is gone', (lines) => lines.toSpliced(1, 1), 2],
  ['a line that is there twice', (lines) => lines.toSpliced(1, 0, lines[1]!), 3],
  ['two lines that changed places', (lines) => lines.with(1, lines[2]!).with(2, lines[1]!), 2],
  ['an empty line', (lines) => lines.toSpliced(2, 0, ''), 3],
  ['a line that is no JSON', (lines) => lines.with(2, '{'), 3],
  ['a line of something else', (lines) => lines.with(2, 'null'), 3],
  ['line ends of another system', (lines) => lines.map((line) => `${line}\r`), 1],
  ['the beginning cut off', (lines) => lines.slice(1), 1],
])('the journal refuses %s', (_, change, line) => {
  const { file } = journal(4);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${change(lines).join('\n')}\n`);
  expect(() => readJournal(file)).toThrow(damagedAt(line));
});

it('a missing journal is reported', () => {
  expect(() => readJournal(join(temporaryFolder(), 'journal.jsonl'))).toThrow(
    expect.objectContaining({ code: 'run_unreadable' }),
  );
});

it('a damaged journal is renamed, and its content is kept', () => {
  const { file } = journal(2);
  appendFileSync(file, 'rubbish\n');
  const text = readFileSync(file, 'utf8');
  const aside = setAside(file, '2026-01-02T03:04:05.678Z');
  expect(existsSync(file)).toBe(false);
  expect(readFileSync(aside, 'utf8')).toBe(text);
});
