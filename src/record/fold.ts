import type { Done, JournalRecord, RunStarted, Transition } from '../artifact/journal.ts';
import { failure } from '../core/errors.ts';
import type { Beginning, RunGit, RunOptions, RunState } from './state.ts';

/** Raised when stages or their meaning change; it stands in the first line of every journal. */
export const MACHINE_VERSION = 1;

/** The effect of mending what a crash left; its facts are `told`, sentences for the artifact. */
export const RECOVER = 'recover';

/** Where a run stands: the stage (or end), and the epoch that every transition raises. */
export type Position = { stage: string; epoch: number };

/** What a journal is folded with: where runs begin and end, and where a transition led. */
export type Moves = { initial: Position; ends: readonly string[]; after(state: RunState, record: Move): Position };
type Move = Transition & JournalRecord;

/** The first record of every journal; throws `journal_damaged` or `machine_too_new`. */
export function firstRecord(file: string, records: JournalRecord[]): JournalRecord & RunStarted {
  const first = records[0];
  if (first?.type !== 'run_started') throw failure('journal_damaged', { file, line: 1 });
  if (first.machine_version !== MACHINE_VERSION)
    throw failure('machine_too_new', { run: first.run, version: first.machine_version, known: MACHINE_VERSION });
  return first;
}

/** State = the journal, folded. */
export function fold(file: string, records: JournalRecord[], moves: Moves): RunState {
  const first = firstRecord(file, records);
  const state: RunState = {
    run: first.run,
    task: first.task,
    started_at: first.at,
    options: first.options as RunOptions,
    git: first.git as RunGit,
    beginning: first.beginning as Beginning | null,
    ...moves.initial,
    paused: false,
    ended: null,
    steps: [],
    open_intents: [],
    recovered: [],
    done: {},
  };
  return records.slice(1).reduce((s, record) => after(s, record, file, moves), state);
}

/** The state after one more record. */
export function after(state: RunState, record: JournalRecord, file: string, moves: Moves): RunState {
  switch (record.type) {
    case 'transition': {
      const next = moves.after(state, record);
      return {
        ...state,
        ...next,
        ended: moves.ends.includes(next.stage) ? next.stage : null,
        paused: false,
        steps: [...state.steps, { ...record }],
        open_intents: [],
        // Who ends a run from outside leaves no artifact of the stage: then what was mended is told in run.md.
        recovered: record.artifact === null ? state.recovered : [],
      };
    }
    case 'intent':
      return { ...state, open_intents: [...state.open_intents, { effect: record.effect, key: record.key }] };
    case 'done':
      return {
        ...state,
        open_intents: state.open_intents.filter((i) => !isOf(i, record)),
        recovered: [...state.recovered, ...mended(state, record)],
        done: { ...state.done, [`${record.effect} ${record.key}`]: record.facts },
      };
    case 'paused':
      return { ...state, paused: true };
    case 'resumed':
      return { ...state, paused: false };
    default: // a second start, or a kind of line that this version does not know
      throw failure('journal_damaged', { file, line: record.seq });
  }
}

const isOf = (intent: { effect: string; key: string }, { effect, key }: Done) =>
  intent.effect === effect && intent.key === key;

/** An effect that was begun twice was interrupted; one that is itself a recovery tells what it did. */
function mended({ open_intents }: RunState, record: Done): string[] {
  if (record.effect === RECOVER) return (record.facts as { told: string[] }).told;
  if (open_intents.filter((i) => isOf(i, record)).length < 2) return [];
  return [`The run was interrupted during “${record.effect} ${record.key}”, which was completed when it resumed.`];
}
