import { existsSync, readFileSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { appendDurable, move, truncate, writeDurable } from '../core/fs.ts';
import { sha256 } from '../core/hash.ts';

/**
 * The fields of every line: its number, its time, the hash of the line before, and its own hash. The first line has `''` as the hash of the
 * line before. A line's own hash covers all other fields of the line. Without its own hash, the last line would be unprotected, because no
 * later line holds its hash.
 */
type Line = { seq: number; at: string; prev: string; sum: string };

export type RunStarted = {
  type: 'run_started';
  /** The number of the run among the runs of its project, from 1. The number does not depend on any clock. Absent in old runs. */
  nth?: number;
  machine_version: number;
  run: string;
  task: string;
  workflow: unknown;
  options: unknown;
  git: unknown;
  /**
   * The contract with which the run was started, the result of its pre-flight, and the keyed hash of its approval. If `start` is killed,
   * perf-gate completes the start from this record. Null if the run has no contract yet.
   */
  beginning: unknown;
};
/**
 * The record that is written before a side effect. `key` identifies the side effect. If a stage is repeated, perf-gate sees by the key that
 * the side effect is already done.
 */
type Intent = { type: 'intent'; effect: string; key: string; facts: unknown };
export type Done = { type: 'done'; effect: string; key: string; facts: unknown };
/** A transition of the run from one stage to the next; no other record changes the stage. */
export type Transition = {
  type: 'transition';
  stage: string;
  epoch: number;
  attempt: number;
  result: string;
  to: string;
  facts: Record<string, boolean>;
  artifact: string | null;
  /** SHA-256 of the artifact as it was written. Null without an artifact. */
  artifact_hash: string | null;
  data: unknown;
  effects: Record<string, unknown>;
};
/**
 * Whether the stage ended with a result. False if the run was aborted or escalated during the stage, because the stage then wrote no data.
 */
export const isDone = ({ result }: { result: string }) => result !== 'abort' && result !== 'escalate';
type Pause = { type: 'paused' | 'resumed'; by: string };

export type Entry = RunStarted | Intent | Done | Transition | Pause;
export type JournalRecord = Entry & Line;

/**
 * The records of a journal. `torn`: whether the last line was incomplete after a crash, and was ignored. `bytes`: the length of the file
 * without an incomplete last line.
 */
export type JournalText = { records: JournalRecord[]; torn: boolean; bytes: number };

/**
 * Reads the journal and checks the whole chain of hashes. Ignores an incomplete last line, which a crash leaves behind.
 * @throws journal_damaged: another line is wrong (hash, number or JSON)
 */
export function readJournal(file: string): JournalText {
  const { damaged, ...journal } = scanJournal(file);
  if (damaged !== null) throw failure('journal_damaged', { file, line: damaged });
  return journal;
}

/** Reads the journal up to the first wrong line. `damaged`: the number of that line, or null. @throws run_unreadable */
export function scanJournal(file: string): JournalText & { damaged: number | null } {
  if (!existsSync(file)) throw failure('run_unreadable', { file, reason: 'there is no journal' });
  return scanText(readFileSync(file, 'utf8'));
}

/** Reads the records in the text of a journal, up to the first wrong line. */
export function scanText(text: string): JournalText & { damaged: number | null } {
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

/** Appends a record and returns it. When this function returns, the record is on disk. */
export function appendEntry(file: string, last: JournalRecord | undefined, entry: Entry, at: string): JournalRecord {
  const plain = { seq: (last?.seq ?? 0) + 1, at, ...entry, prev: last ? sha256(JSON.stringify(last)) : '' };
  const record = { ...plain, sum: sha256(JSON.stringify(plain)) };
  const line = `${JSON.stringify(record)}\n`;
  // The first line creates the file. It is written atomically, because a journal with only a part of its first line would describe no run.
  if (last) appendDurable(file, line);
  else writeDurable(file, line);
  return record;
}

/** Cuts off an incomplete last line, so that the next record starts on a new line. */
export function mendTail(file: string, journal: JournalText): void {
  if (journal.torn) truncate(file, journal.bytes);
}

/** Renames a damaged journal, which is never deleted, and returns the new name. */
export function setAside(file: string, at: string): string {
  const aside = `${file}.damaged-${at.replace(/[^0-9]/g, '')}`;
  move(file, aside);
  return aside;
}

/** Parses a line of the journal. Returns undefined if the line is not JSON, or if the line's own hash is wrong. */
function parseLine(line: string): JournalRecord | undefined {
  const [, plain, sum] = /^(.*),"sum":"([0-9a-f]{64})"\}$/s.exec(line) ?? [];
  if (plain === undefined || sum !== sha256(`${plain}}`)) return undefined;
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}
