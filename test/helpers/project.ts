import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { repository, type TestRepository } from './repository.ts';

/** The parts of the contract of `counting` that a test changes. */
export type ContractChange = {
  repro?: object;
  metrics?: object;
  threshold?: object;
  guards?: object;
  limits?: object;
  [key: string]: unknown;
};

/** A metric with the same value in every execution: two executions of each arm decide. */
const counted = {
  name: 'steps',
  unit: 'steps',
  source: { stdout: 'metric', key: 'steps' },
  deterministic: true,
};
/** The same number with a little noise that the program adds. It does not depend on the machine, so the metric is sampled. */
export const sampled = { name: 'noisy', unit: 'steps', source: { stdout: 'metric', key: 'noisy' } };

/** The contract of the counting project, as YAML. */
export function contractText({ repro, metrics, threshold, guards, limits, ...rest }: ContractChange = {}): string {
  return stringify({
    version: 1,
    repro: { script: 'sh bench.sh', measurement_runs: 5, max_runs: 8, timeout_s: 20, ...repro },
    metrics: { primary: counted, ...metrics },
    threshold: { pct_min: 20, ...threshold },
    guards: { same_output: true, protected: ['bench.sh'], ...guards },
    limits: { max_attempts: 1, ...limits },
    profiler: 'none',
    ...rest,
  });
}

export const files = {
  'bench.sh': [
    '. ./work.sh',
    'echo "METRIC steps=$STEPS"',
    'echo "METRIC noisy=$((STEPS * 10 + $(od -An -N1 -tu1 /dev/urandom) % 4))"',
    'echo "answer $ANSWER"',
    '',
  ].join('\n'),
  'work.sh': 'STEPS=100\nANSWER=42\n',
  'other.txt': 'nothing of interest\n',
};

/** A repository with a program whose work is a number in `work.sh`; `c.yaml` is its contract. */
export function countingProject(change: ContractChange = {}, more: Record<string, string> = {}): TestRepository {
  return repository({ ...files, 'c.yaml': contractText(change), ...more });
}

/** The fix that halves the work. */
export const halve = "sed -i 's/STEPS=100/STEPS=50/' work.sh";

/** The state that a refused command must not change: work tree with `.perf-gate/`, HEAD, refs, index, operations in progress. */
export function everything(repo: TestRepository): Record<string, string> {
  const inGit = ['HEAD', 'index', 'packed-refs', 'config', 'logs/HEAD'].map((name) => join(repo.root, '.git', name));
  return {
    ...repo.files(),
    refs: repo.git('for-each-ref'),
    ...Object.fromEntries(inGit.map((file) => [file, existsSync(file) ? digest(file) : 'missing'])),
  };
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
