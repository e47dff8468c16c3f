import { existsSync, readFileSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { appendDurable, move, truncate, writeDurable } from '../core/fs.ts';
import { sha256 } from '../core/hash.ts';

/**
 * What every line of the journal carries: its number, its time, the hash of the line before (`''` for the first), and last the hash of
 * the line itself without it, because no other line vouches for the last one.
 */
type Line = { seq: number; at: string; prev: string; sum: string };

export type RunStarted = {
  type: 'run_started';
  machine_version: number;
  run: string;
  task: string;
  workflow: unknown;
  options: unknown;
  git: unknown;
  /** What the run begins with, so that a start which was killed can be completed; null when the contract is still to come. */
  beginning: unknown;
};
/** Written before a side effect. `key` says which one, so that a repeated stage finds what was done already. */
type Intent = { type: 'intent'; effect: string; key: string; facts: unknown };
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
  /** SHA-256 of the artifact as it was written; null without one. */
  artifact_hash: string | null;
  data: unknown;
  effects: Record<string, unknown>;
};
type Pause = { type: 'paused' | 'resumed'; by: string };

export type Entry = RunStarted | Intent | Done | Transition | Pause;
export type JournalRecord = Entry & Line;

/** The records, and whether a torn last line (a crash while writing) was left out. */
export type JournalText = { records: JournalRecord[]; torn: boolean; bytes: number };

/**
 * Reads and checks the whole chain. A last line that is not complete is what a crash leaves: it never counted.
 * Anything else that does not fit (a hash, a number, JSON in the middle) throws `journal_damaged` with the line.
 */
export function readJournal(file: string): JournalText {
  const { damaged, ...journal } = scanJournal(file);
  if (damaged !== null) throw failure('journal_damaged', { file, line: damaged });
  return journal;
}

/** The same as far as the chain holds; `damaged` is the first line that does not fit. Throws `run_unreadable`. */
export function scanJournal(file: string): JournalText & { damaged: number | null } {
  if (!existsSync(file)) throw failure('run_unreadable', { file, reason: 'there is no journal' });
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const records: JournalRecord[] = [];
  for (const line of lines) {
    const record = parseLine(line);
    const prev = records.length === 0 ? '' : sha256(lines[records.length - 1]!);
    if (!record || record.seq !== records.length + 1 || record.prev !== prev) break;
    records.push(record);
  }
  const damaged = records.length < lines.length ? records.length + 1 : null;
  return { records, torn: end < text.length, bytes: Buffer.byteLength(text.slice(0, end)), damaged };
}

/** Appends one record and returns it; when this returns the record is on disk. */
export function appendEntry(file: string, last: JournalRecord | undefined, entry: Entry, at: string): JournalRecord {
  const plain = { seq: (last?.seq ?? 0) + 1, at, ...entry, prev: last ? sha256(JSON.stringify(last)) : '' };
  const record = { ...plain, sum: sha256(JSON.stringify(plain)) };
  const line = `${JSON.stringify(record)}\n`;
  // The first line makes the run: it is there whole, or there is no run.
  if (last) appendDurable(file, line);
  else writeDurable(file, line);
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

/** A line whose own hash holds. */
function parseLine(line: string): JournalRecord | undefined {
  const [, plain, sum] = /^(.*),"sum":"([0-9a-f]{64})"\}$/s.exec(line) ?? [];
  if (plain === undefined || sum !== sha256(`${plain}}`)) return undefined;
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}
