import { readFileSync } from 'node:fs';
import { parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import type { PerfGate } from './cli.ts';
import { type ContractChange, countingProject } from './project.ts';
import type { TestRepository } from './repository.ts';

/** The stages to which `runByHand` can bring a run. */
export const stages = ['scoping', 'approved', 'hotspots', 'fix', 'measured'] as const;
export type Standing = (typeof stages)[number];

/**
 * A run that only the caller drives, brought to a stage: `scoping` (the contract awaits approval), `approved` (the engine's turn),
 * `hotspots`, `fix`, or `measured` (a fix was submitted and is not judged yet).
 */
export async function runByHand(
  perfgate: PerfGate,
  stage: Standing,
  change: ContractChange = {},
  more: Record<string, string> = {},
): Promise<TestRepository> {
  const repo = countingProject(change, more);
  const steps: [Standing, ...string[][]][] = [
    ['scoping', ['start', 'make it faster', '--contract', 'c.yaml']],
    ['approved', ['approve']],
    ['hotspots', ['next']],
    ['fix', ['submit'], ['next']],
  ];
  for (const [reached, ...commands] of steps) {
    for (const args of commands) await must(perfgate, repo, ...args);
    if (reached === stage) return repo;
  }
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  await must(perfgate, repo, 'submit');
  return repo;
}

/** Runs a command that must end with exit code 0. */
export async function must(perfgate: PerfGate, repo: TestRepository, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await perfgate.run(repo.root, ...args);
  if (code !== 0) throw new Error(`perf-gate ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** The draft of the stage, as text and as data. */
export async function draftOf(perfgate: PerfGate, repo: TestRepository) {
  const { waiting } = await perfgate.json(repo.root, 'next');
  const text = readFileSync(waiting!.draft, 'utf8');
  return { file: waiting!.draft, text, ...parseFrontmatter(text) };
}
