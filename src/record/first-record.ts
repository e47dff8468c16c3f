import type { JournalRecord, RunStarted } from '../artifact/journal.ts';
import { failure } from '../core/errors.ts';

/**
 * The version of the state machine, which is stated in the first line of every journal. Raise the version when an older perf-gate would
 * misread the new stages or their data. Version 1 wrote reasons and warnings as sentences.
 */
export const MACHINE_VERSION = 2;

/** The versions that this perf-gate can read. */
const readable: readonly unknown[] = [1, MACHINE_VERSION];

/**
 * The first record of a journal.
 * @throws journal_damaged: the first line is not the start of a run
 * @throws machine_too_new
 */
export function firstRecord(file: string, records: JournalRecord[]): JournalRecord & RunStarted {
  const first = records[0];
  if (first?.type !== 'run_started') throw failure('journal_damaged', { file, line: 1 });
  if (!readable.includes(first.machine_version))
    throw failure('machine_too_new', { run: first.run, version: first.machine_version, known: MACHINE_VERSION });
  return first;
}
