import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rounded } from '../artifact/frontmatter.ts';
import { comparisonPaths } from '../artifact/paths.ts';
import { samplesFile, samplesIn } from '../artifact/samples.ts';
import { hashContract } from '../contract/seal.ts';
import { sha256 } from '../core/hash.ts';
import { judgeCommands, type SuiteJudgement } from '../experiment/suite-judge.ts';
import { sampleSchema } from '../measure/sessions/sample.ts';
import { readSuite, type SuiteRecord, suiteVerdict } from '../record/suite.ts';
import { recordedCommands } from '../record/suite-commands.ts';
import type { ReadSamples } from './evidence.ts';
import { differences, type Finding, findingsOf, type Note, notCheckable } from './finding.ts';

type Counts = { benchmarks: number; samples: number };
type Verified = { suite: string; holds: boolean; findings: Finding[]; notes: Note[]; checked: Counts };

/** Judges a suite again from its samples, and compares the result with the suite's record. @throws artifact_unreadable */
export function verifySuite(project: string, id: string): Verified {
  const { data: record } = readSuite(project, id);
  const { samples: dir } = comparisonPaths(project, id);
  const read: ReadSamples = (command) => {
    const file = samplesFile(dir, command);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const names = existsSync(dir) ? readdirSync(dir).map((name) => name.replace(/\.jsonl$/, '')) : [];
  const { findings, ...checked } = checkSuite(record, read, names);
  return { suite: id, holds: findings.length === 0, findings, notes: [], checked };
}

/**
 * Judges a suite's record with samples from any source, and compares the result with the record. `names`: the commands that have samples.
 */
export function checkSuite(
  record: SuiteRecord,
  read: ReadSamples,
  names: readonly string[],
): Counts & { findings: Finding[] } {
  const where = 'suite.md';
  const hash = hashContract(record.contract);
  const findings = findingsOf('contract_hash', where, differences(record.contract_hash, hash, 'contract_hash'));
  let samples = 0;
  try {
    const { contract, commands } = recordedCommands(record, (id) => {
      const { rows, changed } = samplesOf(record, id, read);
      findings.push(...changed);
      samples += rows.length;
      return rows;
    });
    findings.push(...unnamed(names, commands));
    const judgement = record.broken && record.benchmarks.length === 0 ? null : judgeCommands(contract, commands);
    const seen = ofSamples({ ...record, benchmarks: record.benchmarks.map(({ unseen: _, ...one }) => one) });
    const again = judgement ? ofSamples(judgement) : seen;
    findings.push(...findingsOf('session_differs', where, differences(rounded(again), rounded(seen))));
    findings.push(...findingsOf('session_differs', where, differences(samples, record.executions, 'executions')));
    const verdict = suiteVerdict({ broken: record.broken, benchmarks: judgement?.benchmarks ?? [] });
    findings.push(...findingsOf('verdict_differs', where, differences(verdict, record.verdict)));
  } catch (error) {
    findings.push(notCheckable(where, error));
  }
  return { findings, benchmarks: record.benchmarks.length, samples };
}

/** @throws samples_damaged */
function samplesOf(record: SuiteRecord, id: string, read: ReadSamples) {
  const text = read(id);
  const where = `samples/${id}.jsonl`;
  const isSame = (text === null ? null : sha256(text)) === (record.samples[id] ?? null);
  return {
    rows: samplesIn((text ?? '').split('\n').slice(0, -1), where, sampleSchema),
    changed: isSame ? [] : findingsOf('samples_changed', where, differences('as recorded', 'changed')),
  };
}

/**
 * Returns findings for samples that belong to no command. Also returns a finding if a benchmark has samples in a commit, although
 * the record says that the commit does not have the benchmark.
 */
function unnamed(names: readonly string[], commands: ReturnType<typeof recordedCommands>['commands']): Finding[] {
  const isKnown = (name: string) => {
    const command = commands.find(({ id }) => id === name);
    const missingIn = { head: 'base', base: 'candidate', none: undefined }[command?.onlyIn ?? 'none'];
    return command && !command.samples.some(({ arm }) => arm === missingIn);
  };
  return names
    .filter((name) => !isKnown(name))
    .map((name) => ({ code: 'samples_unnamed', where: `samples/${name}.jsonl`, expected: null, found: 'samples' }));
}

/** The fields of a judgement that follow from the samples alone. */
const ofSamples = ({ benchmarks, added, removed, geometric_mean, looks, alpha }: SuiteJudgement) => ({
  benchmarks,
  added,
  removed,
  geometric_mean,
  looks,
  alpha,
});
