import type { JournalRecord, RunStarted } from '../artifact/journal.ts';
import { failure } from '../core/errors.ts';
import type { RunGit, RunOptions, RunState, Step } from '../stages/shared/run.ts';
import type { Facts } from './definition.ts';
import { begin, MACHINE_VERSION, type Machine, step } from './machine.ts';

/** The first record of every journal; throws `journal_damaged` or `machine_too_new`. */
export function firstRecord(file: string, records: JournalRecord[]): JournalRecord & RunStarted {
  const first = records[0];
  if (first?.type !== 'run_started') throw failure('journal_damaged', { file, line: 1 });
  if (first.machine_version !== MACHINE_VERSION)
    throw failure('machine_too_new', { run: first.run, version: first.machine_version, known: MACHINE_VERSION });
  return first;
}

/** State = the journal replayed through the pure machine. A transition that the machine would not make is damage, and refused. */
export function replay(file: string, records: JournalRecord[], machine: Machine, ends: string[]): RunState {
  const first = firstRecord(file, records);
  const state: RunState = {
    run: first.run,
    task: first.task,
    started_at: first.at,
    options: first.options as RunOptions,
    git: first.git as RunGit,
    ...begin(machine),
    paused: false,
    ended: null,
    steps: [],
    open_intents: [],
    done: {},
  };
  return records.slice(1).reduce((s, record) => apply(s, record, file, machine, ends), state);
}

/** The state after one more record. */
export function apply(
  state: RunState,
  record: JournalRecord,
  file: string,
  machine: Machine,
  ends: string[],
): RunState {
  switch (record.type) {
    case 'transition': {
      const next = step(machine, state, { type: record.result, facts: record.facts as Facts });
      if (!next || next.stage !== record.to || record.stage !== state.stage || record.epoch !== state.epoch)
        throw failure('journal_damaged', { file, line: record.seq });
      const taken: Step = { ...record };
      return {
        ...state,
        stage: next.stage,
        epoch: next.epoch,
        ended: ends.includes(next.stage) ? next.stage : null,
        paused: false,
        steps: [...state.steps, taken],
        open_intents: [],
      };
    }
    case 'intent':
      return { ...state, open_intents: [...state.open_intents, { effect: record.effect, key: record.key }] };
    case 'done':
      return {
        ...state,
        open_intents: state.open_intents.filter((i) => i.effect !== record.effect || i.key !== record.key),
        done: { ...state.done, [`${record.effect} ${record.key}`]: record.facts },
      };
    case 'paused':
      return { ...state, paused: true };
    case 'resumed':
      return { ...state, paused: false };
    case 'run_started':
      throw failure('journal_damaged', { file, line: record.seq });
  }
}
