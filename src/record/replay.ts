import type { JournalRecord } from '../artifact/journal.ts';
import { failure } from '../core/errors.ts';
import type { Facts } from './definition.ts';
import { after, fold, type Moves } from './fold.ts';
import { begin, type Machine, step } from './machine.ts';
import type { RunState } from './state.ts';

/**
 * Replays a journal through the state machine without side effects, and returns the run's state.
 * @throws journal_damaged: the journal has a line that no run writes, or a transition that the state machine would not make
 */
export function replay(file: string, records: JournalRecord[], machine: Machine, ends: string[]): RunState {
  return fold(file, records, movesOf(machine, file, ends));
}

/** The state after one more record. */
export function apply(
  state: RunState,
  record: JournalRecord,
  file: string,
  machine: Machine,
  ends: string[],
): RunState {
  return after(state, record, file, movesOf(machine, file, ends));
}

function movesOf(machine: Machine, file: string, ends: string[]): Moves {
  return {
    initial: begin(machine),
    ends,
    after(state, record) {
      const facts = (record.facts ?? {}) as Facts;
      const next = step(machine, state, { type: String(record.result), facts });
      if (!next || next.stage !== record.to || record.stage !== state.stage || record.epoch !== state.epoch)
        throw failure('journal_damaged', { file, line: record.seq });
      return { stage: next.stage, epoch: next.epoch };
    },
  };
}
