import {
  appendEntry,
  type Entry,
  type JournalRecord,
  mendTail,
  type RunStarted,
  readJournal,
} from '../artifact/journal.ts';
import { type RunPaths, runPaths, workflowFile } from '../artifact/paths.ts';
import { type Redact, redactData, redactor } from '../artifact/redact.ts';
import { contractSchema } from '../contract/schema/contract.ts';
import { readSecrets } from '../contract/secrets.ts';
import { failure } from '../core/errors.ts';
import type { Repo } from '../git/repo.ts';
import { doneFacts } from '../record/effects.ts';
import { firstRecord } from '../record/first-record.ts';
import { contractOf, hasContract } from '../record/history.ts';
import { buildMachine, type Machine } from '../record/machine.ts';
import { otherRuns, readRun } from '../record/read-run.ts';
import { apply, replay } from '../record/replay.ts';
import { lastStep, type Run, type RunState, type RunView, type RunWorld } from '../record/state.ts';
import { type Workflow, workflowFrom } from '../record/workflow.ts';
import { publishHookState } from './hook-state.ts';
import { mustLock, type RunLock } from './run-lock.ts';

/** A run that a command may change. `record` is the only function that writes to the run's journal. */
export type OpenRun = {
  run: Run;
  workflow: Workflow;
  machine: Machine;
  /** Appends one record to the journal, and updates the run's state. */
  record(entry: Entry): void;
};

/** Opens a run for a command that only reads. Repairs and writes nothing. */
export function viewOf(repo: Repo, id: string, world: RunWorld): RunView {
  const state = readRun(repo.project, id);
  return { state, repo, paths: runPaths(repo.project, id), world, redact: redactFor(state, repo, world) };
}

/**
 * Opens a run for a command that changes it. If a crash left the journal's last line incomplete, the line is cut off, and the next artifact
 * says so. Also writes the run's stage to the file that the hooks read.
 * @throws journal_damaged: the journal cannot be read, or its contract does not match the schema
 * @throws machine_too_new, run_unreadable
 */
export function openForWriting(repo: Repo, id: string, world: RunWorld, lock: RunLock): OpenRun {
  mustLock(lock, repo);
  const paths = runPaths(repo.project, id);
  const journal = readJournal(paths.journal);
  const first = firstRecord(paths.journal, journal.records);
  const workflow = workflowFrom(workflowFile(repo.project), first.workflow);
  const machine = buildMachine(workflow.definition);
  const replayed = replay(paths.journal, journal.records, machine, workflow.definition.ends);
  const state = withCheckedContracts(replayed, paths.journal, journal.records);
  mendTail(paths.journal, journal);
  const last = journal.records.at(-1)!;
  const opened = openRun({ repo, world, paths, workflow, machine, state, last });
  const told = ['The last line of the journal was incomplete: it had no effect, and was removed.'];
  if (journal.torn) opened.record({ type: 'done', effect: 'recover', key: `torn-${last.seq}`, facts: { told } });
  return opened;
}

/** Begins a run: writes the first record of its journal. */
export function openNew(
  repo: Repo,
  world: RunWorld,
  lock: RunLock,
  begins: { workflow: Workflow; entry: RunStarted },
): OpenRun {
  mustLock(lock, repo);
  const { workflow, entry } = begins;
  const paths = runPaths(repo.project, entry.run);
  const machine = buildMachine(workflow.definition);
  const last = appendEntry(paths.journal, undefined, entry, world.clock.now());
  const state = replay(paths.journal, [last], machine, workflow.definition.ends);
  return openRun({ repo, world, paths, workflow, machine, state, last });
}

/**
 * Checks the run's first contract and its current contract by the schema, because their commands are about to be executed. Returns the
 * state with the checked contracts.
 */
function withCheckedContracts(state: RunState, file: string, records: JournalRecord[]): RunState {
  const read = (contract: unknown, line: number) => {
    const { success, data } = contractSchema.safeParse(contract);
    if (!success) throw failure('journal_damaged', { file, line });
    return data;
  };
  const { beginning } = state;
  const inForce = lastStep(state, 'scoping');
  const line = records.findLast((r) => r.type === 'transition' && r.epoch === inForce?.epoch)?.seq ?? 1;
  return {
    ...state,
    beginning: beginning && { ...beginning, contract: read(beginning.contract, 1) },
    steps: state.steps.map((step) =>
      step === inForce ? { ...step, data: { ...inForce.data, contract: read(inForce.data.contract, line) } } : step,
    ),
  };
}

type Parts = {
  repo: Repo;
  world: RunWorld;
  paths: RunPaths;
  workflow: Workflow;
  machine: Machine;
  state: RunState;
  last: JournalRecord;
};

function openRun({ repo, world, paths, workflow, machine, state, last: newest }: Parts): OpenRun {
  let last = newest;
  const record = (entry: Entry) => {
    const safe = redacted(JSON.parse(JSON.stringify(entry)) as Entry, run.redact);
    last = appendEntry(paths.journal, last, safe, world.clock.now());
    run.state = apply(run.state, last, paths.journal, machine, workflow.definition.ends);
    run.redact = redactFor(run.state, repo, world);
    if (movesRun.has(entry.type)) publishHookState(run, workflow.definition);
  };
  const run: Run = {
    state,
    repo,
    paths,
    world,
    redact: redactFor(state, repo, world),
    others: () => otherRuns(repo.project, state.run),
    async effect(effect, key, act, look) {
      const before = doneFacts(run.state, effect, key);
      if (before !== undefined) return before;
      await look?.();
      record({ type: 'intent', effect, key, facts: null });
      const facts = await act();
      record({ type: 'done', effect, key, facts });
      return facts;
    },
  };
  publishHookState(run, workflow.definition);
  return { run, workflow, machine, record };
}

/** The types of journal records that change the stage of the run, or pause it. */
const movesRun = new Set<Entry['type']>(['transition', 'paused', 'resumed']);

/**
 * Removes secrets from a journal entry. Only the fields `data`, `facts` and `effects` can hold secrets, because perf-gate itself writes the
 * texts of all other fields.
 */
function redacted(entry: Entry, redact: Redact): Entry {
  const told = Object.entries(entry).map(([name, value]) => [
    name,
    ['data', 'facts', 'effects'].includes(name) ? redactData(value, redact) : value,
  ]);
  return Object.fromEntries(told) as Entry;
}

function redactFor(state: RunState, repo: Repo, world: RunWorld): Redact {
  const file = hasContract(state) ? contractOf(state).secrets_file : undefined;
  return redactor(readSecrets(repo.project, file), world.env);
}
