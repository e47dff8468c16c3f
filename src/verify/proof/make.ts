import { existsSync, readFileSync } from 'node:fs';
import { readJournal } from '../../artifact/journal.ts';
import { comparisonPaths, runPaths } from '../../artifact/paths.ts';
import { type Redact, redactor } from '../../artifact/redact.ts';
import { linesOf } from '../../artifact/sample-chain.ts';
import { samplesFile } from '../../artifact/samples.ts';
import { readSecrets } from '../../contract/secrets.ts';
import { failure } from '../../core/errors.ts';
import type { Repo } from '../../git/repo.ts';
import { readComparison } from '../../record/comparison.ts';
import { confirmationOf } from '../../record/confirming.ts';
import { isSuiteRecord, readSuite } from '../../record/suite.ts';
import { newestRules } from '../../stats/rule.ts';
import { sessionsOfComparison } from '../comparison.ts';
import { readJournalOf } from '../evidence.ts';
import { type ComparisonPart, PROOF_VERSION, type Proof, READ_ME, type RunPart, type SuitePart } from './form.ts';
import { sessionsOfRun } from './judge.ts';
import { type Summary, summaryOfComparison, summaryOfRun, summaryOfSuite } from './summary.ts';

/** The record that a proof is about. */
export type Named = { of: 'run' | 'comparison' | 'suite'; id: string };

/** A proof without its seal. The same record always gives the same proof. */
export type Unsealed = Omit<Proof, 'seal'>;

type Given = { env: NodeJS.ProcessEnv; version: string };

type Part = { evidence: RunPart | ComparisonPart | SuitePart; summary: Summary };

const parts: Record<Named['of'], (repo: Repo, id: string) => Part> = { run: runPart, comparison, suite };

/** The comparison or suite on the other class of hosts. Undefined if it was not requested or does not exist. */
function elsewhereOf(repo: Repo, id: string, evidence: Part['evidence']): ComparisonPart | SuitePart | undefined {
  if (evidence.of === 'run' || evidence.record.confirm_on === undefined) return undefined;
  const other = confirmationOf(repo.project, id);
  if (other === undefined) return undefined;
  return isSuiteRecord(repo.project, other) ? suitePart(repo, other) : comparisonPart(repo, other);
}

/**
 * Collects a run, a comparison or a suite into one object, with the lines of its files exactly as they were written.
 * @throws journal_damaged, artifact_unreadable
 * @throws proof_holds_secret: a line contains the value of a secret of this project
 */
export function makeProof(repo: Repo, { of, id }: Named, { env, version }: Given): Unsealed {
  const { evidence, summary } = parts[of](repo, id);
  const elsewhere = elsewhereOf(repo, id, evidence);
  const secrets = readSecrets(repo.project, summary.contract?.parsed.secrets_file);
  const redact = redactor(secrets, env);
  mustHoldNoSecret(evidence, redact);
  if (elsewhere) mustHoldNoSecret(elsewhere, redact);
  return {
    perf_gate_proof: PROOF_VERSION,
    read_me: READ_ME,
    id,
    made_by: { perf_gate: version, rules: newestRules },
    summary,
    evidence,
    ...(elsewhere ? { elsewhere } : {}),
    replays: [],
  };
}

function runPart(repo: Repo, id: string): Part {
  const { journal, samples } = runPaths(repo.project, id);
  const { records } = readJournal(journal);
  const { run } = readJournalOf(id, { records, torn: false, damaged: null, bytes: 0 }, journal);
  if (!run) throw failure('journal_damaged', { file: journal, line: records.length });
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, records.length);
  const evidence: RunPart = {
    of: 'run',
    folder: repo.prefix,
    journal: lines,
    samples: samplesIn(samples, sessionsOfRun(run.state)),
  };
  return { evidence, summary: summaryOfRun(run.state) };
}

function comparison(repo: Repo, id: string): Part {
  const evidence = comparisonPart(repo, id);
  return { evidence, summary: summaryOfComparison(evidence.record) };
}

function suite(repo: Repo, id: string): Part {
  const evidence = suitePart(repo, id);
  return { evidence, summary: summaryOfSuite(evidence.record) };
}

/** Returns the record of a suite with its samples. @throws artifact_unreadable */
export function suitePart(repo: Repo, id: string): SuitePart {
  const { data: record } = readSuite(repo.project, id);
  const { samples: dir } = comparisonPaths(repo.project, id);
  return { of: 'suite', folder: repo.prefix, record, samples: samplesIn(dir, Object.keys(record.samples)) };
}

/** Returns the record of a comparison with its samples. @throws artifact_unreadable */
export function comparisonPart(repo: Repo, id: string): ComparisonPart {
  const { data: record } = readComparison(repo.project, id);
  const { samples: dir } = comparisonPaths(repo.project, id);
  const samples = samplesIn(dir, sessionsOfComparison(record));
  return { of: 'comparison', folder: repo.prefix, record, samples };
}

function samplesIn(dir: string, sessions: readonly string[]): Record<string, string[]> {
  const files = sessions.map((session) => [session, samplesFile(dir, session)] as const);
  return Object.fromEntries(
    files.flatMap(([session, file]) => (existsSync(file) ? [[session, linesOf(file)] as const] : [])),
  );
}

/** Refuses values that became secrets after the files were written, because only earlier secrets were redacted. */
function mustHoldNoSecret(evidence: Part['evidence'], redact: Redact): void {
  const own =
    evidence.of === 'run'
      ? evidence.journal.map((line, i) => [`journal.jsonl:${i + 1}`, line])
      : [[`${evidence.of}.md`, JSON.stringify(evidence.record)]];
  const samples = Object.entries(evidence.samples).flatMap(([session, lines]) =>
    lines.map((line, i) => [`samples/${session}.jsonl:${i + 1}`, line]),
  );
  const [where] = [...own, ...samples].find(([, text]) => redact(text!) !== text) ?? [];
  if (where !== undefined) throw failure('proof_holds_secret', { where });
}
