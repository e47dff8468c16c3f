import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rounded } from '../artifact/frontmatter.ts';
import { linesOf } from '../artifact/sample-chain.ts';
import { samplesFile, samplesIn } from '../artifact/samples.ts';
import { hashContract } from '../contract/seal.ts';
import { sha256 } from '../core/hash.ts';
import { commandId, commandsOf } from '../experiment/suite.ts';
import { judgeCommands } from '../experiment/suite-judge.ts';
import { sampleSchema } from '../measure/sessions/sample.ts';
import { contractInForce } from '../record/comparison.ts';
import { readSuite, suiteFile, suiteVerdict } from '../record/suite.ts';
import { differences, type Finding, type Note, notCheckable, told } from './finding.ts';

type Verified = {
  suite: string;
  holds: boolean;
  findings: Finding[];
  notes: Note[];
  checked: { benchmarks: number; samples: number };
};

/** Judges the record of a suite again from its samples, and compares both. @throws artifact_unreadable */
export function verifySuite(project: string, id: string): Verified {
  const record = readSuite(project, id);
  const dir = join(dirname(suiteFile(project, id)), 'samples');
  const findings = told(
    'contract_hash',
    'suite.md',
    differences(record.contract_hash, hashContract(record.contract), 'contract_hash'),
  );
  let samples = 0;
  try {
    const contract = contractInForce({ of: 'commits', against: null, contract: record.contract });
    const commands = commandsOf(contract).map((command, i) => {
      const file = samplesFile(dir, commandId(i));
      const own = samplesIn(linesOf(file), file, sampleSchema);
      samples += own.length;
      const found = existsSync(file) ? sha256(readFileSync(file)) : null;
      if (found !== (record.samples[commandId(i)] ?? null))
        findings.push(
          ...told('samples_changed', `samples/${commandId(i)}.jsonl`, differences('as recorded', 'changed')),
        );
      // that an execution failed leaves no sample: it stands in the record alone
      const failed =
        record.benchmarks.find(({ name }) => command.name === null || name === command.name)?.failed ?? null;
      return { ...command, samples: own, broken: failed };
    });
    const { benchmarks, added, removed, geometric_mean, looks } = record;
    const again = record.benchmarks.length > 0 ? judgeCommands(contract, commands) : null;
    const seen = { benchmarks, added, removed, geometric_mean, looks };
    const { alpha: _, ...expected } = again ?? { alpha: 0, ...seen };
    findings.push(...told('session_differs', 'suite.md', differences(rounded(expected), rounded(seen))));
    const verdict = suiteVerdict({ broken: record.broken, benchmarks: again?.benchmarks ?? [] });
    findings.push(...told('verdict_differs', 'suite.md', differences(verdict, record.verdict)));
  } catch (error) {
    findings.push(notCheckable('suite.md', error));
  }
  const checked = { benchmarks: record.benchmarks.length, samples };
  return { suite: id, holds: findings.length === 0, findings, notes: [], checked };
}
