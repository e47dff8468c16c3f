import { expect, it } from 'vitest';
import type { JournalRecord } from '../../src/artifact/journal.ts';
import { firstRecord, MACHINE_VERSION } from '../../src/record/first-record.ts';

const startOf = (machine_version: unknown) => [{ type: 'run_started', run: 'a-run', machine_version } as JournalRecord];

it.each([1, MACHINE_VERSION])('a run of machine version %s is read', (version) => {
  expect(firstRecord('journal.jsonl', startOf(version)).machine_version).toBe(version);
});

it.each([0, MACHINE_VERSION + 1, '1', undefined])(
  'a run of machine version %s is refused with a message that names the run',
  (version) => {
    expect(() => firstRecord('journal.jsonl', startOf(version))).toThrow(
      expect.objectContaining({ code: 'machine_too_new', exitCode: 3, message: expect.stringMatching(/a-run/) }),
    );
  },
);

it('a journal that begins with any other line is damaged', () => {
  expect(() => firstRecord('journal.jsonl', [])).toThrow(expect.objectContaining({ code: 'journal_damaged' }));
});
