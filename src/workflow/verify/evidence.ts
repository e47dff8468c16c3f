import { basename } from 'node:path';
import { type JournalRecord, scanJournal, type Transition } from '../../artifact/journal.ts';
import { type RunPaths, runPaths } from '../../artifact/paths.ts';
import { isFailure } from '../../core/errors.ts';
import type { Repo } from '../../git/repo.ts';
import type { RunState } from '../../stages/shared/run.ts';
import { definitionSchema } from '../definition.ts';
import { firstRecord } from '../fold.ts';
import { buildMachine } from '../machine.ts';
import { apply, replay } from '../replay.ts';
import type { Finding, Note } from './finding.ts';

/** A transition with the state that it was made in, which is all that it could depend on. */
export type Made = { record: Transition & JournalRecord; before: RunState };

/** A run as its journal tells it. */
export type Evidence = { repo: Repo; paths: RunPaths; records: number; made: Made[]; state: RunState };

/** What a check came to. */
export type Checked = { findings: Finding[]; notes?: Note[] };

/** Reads the journal and replays it, line by line. Where it does not hold there is no evidence, only a finding. Nothing is mended. */
export function readEvidence(repo: Repo, id: string): Checked & { evidence: Evidence | null } {
  const paths = runPaths(repo.project, id);
  const { records, torn, damaged } = scanJournal(paths.journal);
  const at = (line: number) => `${basename(paths.journal)}:${line}`;
  const nothing = (finding: Finding) => ({
    evidence: null,
    findings: [finding],
    notes: [{ code: 'nothing_else_checked' as const, where: finding.where }],
  });
  if (damaged !== null || records.length === 0) {
    const expected = 'a line with the hash of the line before, and its own';
    return nothing({ code: 'journal_damaged', where: at(damaged ?? 1), expected, found: null });
  }
  const impossible = (line: number, expected: string, found: unknown) =>
    nothing({ code: 'journal_impossible', where: at(line), expected, found });
  const first = records[0]!;
  if (first.type !== 'run_started' || first.run !== id) return impossible(1, `the start of ${id}`, first.type);
  firstRecord(paths.journal, records);
  const parsed = definitionSchema.safeParse(first.workflow);
  if (!parsed.success) return impossible(1, 'a workflow', first.workflow);
  const machine = buildMachine(parsed.data);
  const { ends } = parsed.data;
  let state = replay(paths.journal, [first], machine, ends);
  const made: Made[] = [];
  for (const record of records.slice(1)) {
    if (record.type === 'transition') made.push({ record, before: state });
    try {
      state = apply(state, record, paths.journal, machine, ends);
    } catch (error) {
      if (!isFailure(error, 'journal_damaged') && !(error instanceof TypeError)) throw error;
      return impossible(record.seq, `what can follow ${state.stage}`, 'result' in record ? record.result : record.type);
    }
  }
  const notes: Note[] = [
    ...(torn ? [{ code: 'torn_tail' as const, where: at(records.length + 1) }] : []),
    ...(state.ended ? [] : [{ code: 'not_ended' as const, where: state.stage }]),
  ];
  return { evidence: { repo, paths, records: records.length, made, state }, findings: [], notes };
}
