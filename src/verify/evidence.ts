import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type JournalRecord, type JournalText, scanJournal, type Transition } from '../artifact/journal.ts';
import { type RunPaths, runPaths } from '../artifact/paths.ts';
import { samplesFile } from '../artifact/samples.ts';
import type { Repo } from '../git/repo.ts';
import { definitionSchema } from '../record/definition.ts';
import { firstRecord } from '../record/first-record.ts';
import { buildMachine, type Machine } from '../record/machine.ts';
import { apply, replay } from '../record/replay.ts';
import type { RunState, Step } from '../record/state.ts';
import { readStepData } from '../record/step-data.ts';
import type { Finding, Note } from './finding.ts';

/**
 * A transition: its line in the journal (`record`), the same line read through the schemas (`step`), and the run's state before the
 * transition. The transition may depend on that state alone.
 */
export type Made = { record: Transition & JournalRecord; step: Step; before: RunState };

/** A run's history, as replayed from its journal. */
export type ReplayedRun = { records: number; made: Made[]; state: RunState };

/** Returns the text of a session's samples, by the session's name. Null without samples. */
export type ReadSamples = (session: string) => string | null;

/**
 * The evidence from which the judgements of a run are computed again. `prefix`: the project's folder in the repository, such as `''` or
 * `packages/app/`.
 */
export type Evidence = ReplayedRun & { prefix: string; samples: ReadSamples };

/** The evidence of a run together with everything else that the run left behind. */
export type EvidenceInPlace = Evidence & { repo: Repo; paths: RunPaths };

/** The result of a check: findings, and notes. */
export type Checked = { findings: Finding[]; notes?: Note[] };

/** Reads a run in its repository, without repairs. */
export function readEvidence(repo: Repo, id: string): Checked & { evidence: EvidenceInPlace | null } {
  const paths = runPaths(repo.project, id);
  const { run, ...checked } = readJournalOf(id, scanJournal(paths.journal), paths.journal);
  const samples: ReadSamples = (session) => {
    const file = samplesFile(paths.samples, session);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  return { ...checked, evidence: run && { ...run, prefix: repo.prefix, samples, repo, paths } };
}

/**
 * Replays a run's journal line by line. If the journal is inconsistent, the result is a finding without evidence. `file`: the name in
 * findings.
 */
export function readJournalOf(
  id: string,
  { records, torn, damaged }: JournalText & { damaged: number | null },
  file: string,
): Checked & { run: ReplayedRun | null } {
  const at = (line: number) => `${basename(file)}:${line}`;
  const nothing = (finding: Finding) => ({
    run: null,
    findings: [finding],
    notes: [{ code: 'nothing_else_checked' as const, where: finding.where }],
  });
  if (damaged !== null || records.length === 0) {
    const expected = 'a line with its own hash and the hash of the line before it';
    return nothing({ code: 'journal_damaged', where: at(damaged ?? 1), expected, found: null });
  }
  const impossible = (line: number, expected: string, found: unknown) =>
    nothing({ code: 'journal_impossible', where: at(line), expected, found });
  const first = records[0]!;
  if (first.type !== 'run_started' || first.run !== id) return impossible(1, `the start of ${id}`, first.type);
  firstRecord(file, records);
  const made: Made[] = [];
  let moves: ReturnType<typeof machineOf> | undefined;
  let state: RunState | undefined;
  for (const record of records) {
    const before = state;
    try {
      moves ??= machineOf(first.workflow);
      state = before ? apply(before, record, file, ...moves) : replay(file, [record], ...moves);
      if (record.type === 'transition' && before) made.push({ record, before, step: state.steps.at(-1)! });
    } catch {
      // A forged journal line with valid hashes can contain any data, and can therefore cause any error.
      if (record.type === 'transition' && !readStepData(record.stage, record.result, record.data).success) {
        const where = record.artifact ?? record.stage;
        return nothing({ code: 'not_checkable', where, expected: 'what a run leaves', found: 'other data' });
      }
      const found = 'result' in record ? record.result : record.type;
      return impossible(record.seq, state ? `what can follow ${state.stage}` : 'the start of a workflow', found);
    }
  }
  const notes: Note[] = [
    ...(torn ? [{ code: 'torn_tail' as const, where: at(records.length + 1) }] : []),
    ...(state!.ended ? [] : [{ code: 'not_ended' as const, where: state!.stage }]),
  ];
  return { run: { records: records.length, made, state: state! }, findings: [], notes };
}

function machineOf(workflow: unknown): [Machine, ends: string[]] {
  const definition = definitionSchema.parse(workflow);
  return [buildMachine(definition), definition.ends];
}
