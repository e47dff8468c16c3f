import type { JournalRecord, RunStarted } from '../artifact/journal.ts';
import { failure } from '../core/errors.ts';

/** Raised when stages or their meaning change; it stands in the first line of every journal. */
export const MACHINE_VERSION = 1;

/**
 * The first record of every journal.
 * @throws journal_damaged: it is no start of a run
 * @throws machine_too_new
 */
export function firstRecord(file: string, records: JournalRecord[]): JournalRecord & RunStarted {
  const first = records[0];
  if (first?.type !== 'run_started') throw failure('journal_damaged', { file, line: 1 });
  if (first.machine_version !== MACHINE_VERSION)
    throw failure('machine_too_new', { run: first.run, version: first.machine_version, known: MACHINE_VERSION });
  return first;
}
