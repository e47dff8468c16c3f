import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { appendDurable, move, truncate } from '../core/fs.ts';

/** What every line of the journal carries: its number, its time, and the hash of the line before (`''` for the first). */
type Line = { seq: number; at: string; prev: string };

export type RunStarted = {
  type: 'run_started';
  machine_version: number;
  run: string;
  task: string;
  workflow: unknown;
  options: unknown;
  git: unknown;
};
/** Written before a side effect. `key` says which one, so that a repeated stage finds what was done already. */
export type Intent = { type: 'intent'; effect: string; key: string; facts: unknown };
export type Done = { type: 'done'; effect: string; key: string; facts: unknown };
/** One step of the machine: the only record that moves a run on. */
export type Transition = {
  type: 'transition';
  stage: string;
  epoch: number;
  attempt: number;
  result: string;
  to: string;
  facts: Record<string, boolean>;
  artifact: string | null;
  data: unknown;
  effects: Record<string, unknown>;
};
export type Pause = { type: 'paused' | 'resumed'; by: string };

export type Entry = RunStarted | Intent | Done | Transition | Pause;
export type JournalRecord = Entry & Line;

/** The records, and whether a torn last line (a crash while writing) was left out. */
export type JournalText = { records: JournalRecord[]; torn: boolean; bytes: number };

/**
 * Reads and checks the whole chain. A last line that is not complete is what a crash leaves: it never counted.
 * Anything else that does not fit (a hash, a number, JSON in the middle) throws `journal_damaged` with the line.
 */
export function readJournal(file: string): JournalText {
  if (!existsSync(file)) throw failure('run_unreadable', { file, reason: 'there is no journal' });
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  let prev = '';
  const records = lines.map((line, index) => {
    const record = parseLine(line);
    if (!record || record.seq !== index + 1 || record.prev !== prev)
      throw failure('journal_damaged', { file, line: index + 1 });
    prev = hash(line);
    return record;
  });
  return { records, torn: end < text.length, bytes: Buffer.byteLength(text.slice(0, end)) };
}

/** Appends one record and returns it; when this returns the record is on disk. */
export function appendEntry(file: string, last: JournalRecord | undefined, entry: Entry, at: string): JournalRecord {
  const record = { seq: (last?.seq ?? 0) + 1, at, ...entry, prev: last ? hash(JSON.stringify(last)) : '' };
  appendDurable(file, `${JSON.stringify(record)}\n`);
  return record;
}

/** Cuts off a torn last line, so that the next record starts on a line of its own. */
export function mendTail(file: string, journal: JournalText): void {
  if (journal.torn) truncate(file, journal.bytes);
}

/** Sets a journal that cannot be read aside, under a name that says so; it is never deleted. Returns the new name. */
export function setAside(file: string, at: string): string {
  const aside = `${file}.damaged-${at.replace(/[^0-9]/g, '')}`;
  move(file, aside);
  return aside;
}

function parseLine(line: string): JournalRecord | undefined {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}

const hash = (line: string) => createHash('sha256').update(line).digest('hex');
