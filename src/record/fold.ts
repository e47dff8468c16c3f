import type { Done, JournalRecord, Transition } from '../artifact/journal.ts';
import { failure } from '../core/errors.ts';
import { effects, type FactsOf, isEffect } from './effects.ts';
import { firstRecord } from './first-record.ts';
import { type RunState, runStarted, type Step } from './state.ts';
import { readStepData } from './step-data.ts';

/** A run's stage (or end) and its epoch. Every transition raises the epoch. */
export type Position = { stage: string; epoch: number };

/** The rules by which `fold` moves a run: the run's first position, the names of the ends, and the position after a transition. */
export type Moves = { initial: Position; ends: readonly string[]; after(state: RunState, record: Move): Position };
type Move = Transition & JournalRecord;

/**
 * Folds a journal into the run's state. Every record is read through its schema, which also converts records of older versions.
 * @throws journal_damaged: the journal has a line that no run writes
 */
export function fold(file: string, records: JournalRecord[], moves: Moves): RunState {
  const first = firstRecord(file, records);
  const start = runStarted.safeParse(first);
  if (!start.success) throw failure('journal_damaged', { file, line: 1 });
  const { run, task, options, git, beginning } = start.data;
  const state: RunState = {
    run,
    task,
    started_at: first.at,
    options,
    git,
    beginning,
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
  const damaged = () => failure('journal_damaged', { file, line: record.seq });
  switch (record.type) {
    case 'transition': {
      const next = moves.after(state, record);
      const step = stepOf(record);
      if (!step) throw damaged();
      return {
        ...state,
        ...next,
        ended: moves.ends.includes(next.stage) ? next.stage : null,
        paused: false,
        steps: [...state.steps, step],
        open_intents: [],
        // If the ended stage wrote an artifact, this artifact lists the repairs, and the list starts anew. Otherwise the list is kept for
        // `run.md`, for example after an abort.
        recovered: record.artifact === null ? state.recovered : [],
      };
    }
    case 'intent': {
      const { effect, key } = record;
      if (!isEffect(effect)) throw damaged();
      return { ...state, open_intents: [...state.open_intents, { effect, key }] };
    }
    case 'done': {
      const { effect, key } = record;
      if (!isEffect(effect)) throw damaged();
      const facts = effects[effect].facts.safeParse(record.facts);
      if (!facts.success) throw damaged();
      return {
        ...state,
        open_intents: state.open_intents.filter((i) => !isOf(i, record) && !isOf(i, gaveUp(effect, facts.data))),
        recovered: [...state.recovered, ...mended(state, record, facts.data)],
        done: { ...state.done, [`${effect} ${key}`]: facts.data },
      };
    }
    case 'paused':
      return { ...state, paused: true };
    case 'resumed':
      return { ...state, paused: false };
    default: // the record is a second start, or its type is unknown to this version
      throw damaged();
  }
}

/** Reads a transition's data, and the facts of its commit or revert, through their schemas. Returns undefined if a schema refuses them. */
function stepOf({ type: _, ...record }: Move): Step | undefined {
  const data = readStepData(record.stage, record.result, record.data);
  const step: Step = { ...record, data: data.data, effects: {} };
  if (!data.success) return undefined;
  for (const name of ['commit', 'revert'] as const) {
    if (!(name in record.effects)) continue;
    const facts = effects[name].facts.safeParse(record.effects[name]);
    if (!facts.success) return undefined;
    Object.assign(step.effects, { [name]: facts.data });
  }
  return step;
}

type Intent = Pick<Done, 'effect' | 'key'>;

const isOf = (intent: Intent, of: Intent | undefined) => intent.effect === of?.effect && intent.key === of.key;

/** The intent line of a side effect that a recovery gave up, because the side effect can no longer be completed. */
const gaveUp = (effect: string, facts: unknown): Intent | undefined =>
  effect === 'recover' ? (facts as FactsOf<'recover'>).gave_up : undefined;

/**
 * Sentences about repairs after a crash: those that `recover` recorded, or one sentence about a side effect that a crash interrupted. An
 * interrupted side effect has two intent lines, because it was begun twice.
 */
function mended({ open_intents }: RunState, record: Done, facts: unknown): string[] {
  if (record.effect === 'recover') return (facts as FactsOf<'recover'>).told;
  if (open_intents.filter((i) => isOf(i, record)).length < 2) return [];
  return [
    `The run was interrupted during “${record.effect} ${record.key}”. perf-gate completed this step when the run resumed.`,
  ];
}
