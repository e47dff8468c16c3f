import { existingBenchmarks, protectedPaths } from './benchmarks.ts';
import type { Candidate, CandidateKind, Finding } from './finding.ts';
import { detectLanguages, languageByExtension } from './languages/languages.ts';
import { make } from './make.ts';
import { readTree } from './tree.ts';
import { workloads } from './workloads.ts';

/** What the files of a project tell, and what this machine can measure. Recon executes nothing and asks nobody. */
export type Recon = {
  language: string | null;
  runtime: string | null;
  package_manager: string | null;
  /** Files, and folders with `/` at the end. */
  existing_benchmarks: string[];
  /** Commands that may reproduce the workload, best first. */
  scripts: Candidate[];
  test_command: string | null;
  build_command: string | null;
  setup_command: string | null;
  /** Glob of what a build writes, relative to the root. */
  output: string | null;
  tools: string[];
  /** Suggestions for `guards.protected`. */
  protected: string[];
  /** Files that look as if they hold secrets. */
  secrets: string[];
  /** Whether undelayed wall time can be measured here. */
  sees_delay: boolean;
};

const bestFirst: CandidateKind[] = ['bench', 'profile', 'start', 'test', 'build', 'hook'];

/**
 * Looks at a project. It reads a bounded number of files, executes nothing and never throws. `seesDelay` is a fact about the machine, which
 * only those need who propose metrics.
 */
export function recon(root: string, seesDelay = false): Recon {
  const tree = readTree(root);
  const found = detectLanguages(tree);
  const main = found[0];
  const makefile = make(tree);
  const all = makefile ? [...found, makefile] : found;
  const benchmarks = existingBenchmarks(tree);
  const scripts = ranked([...all.flatMap((f) => f.candidates), ...workloads(tree)]);
  const first = <K extends keyof Finding>(key: K) => all.map((f) => f[key]).find((value) => value !== null) ?? null;
  return {
    language: main?.language ?? languageByExtension(tree),
    runtime: main?.runtime ?? null,
    package_manager: main?.package_manager ?? (makefile ? 'make' : null),
    existing_benchmarks: benchmarks,
    scripts,
    test_command: first('test_command'),
    build_command: first('build_command'),
    setup_command: main?.setup_command ?? null,
    output: first('output'),
    tools: unique(all.flatMap((f) => f.tools)),
    protected: unique([
      ...all.flatMap((f) => f.protected),
      ...protectedPaths(tree, benchmarks),
      // a hook that reads another event is another workload
      ...scripts.flatMap(({ input }) => input ?? []),
    ]),
    secrets: tree.files.filter((f) => /^\.env(\.(?!example$|sample$|template$|dist$)[\w-]+)?$/.test(f)),
    sees_delay: seesDelay,
  };
}

const unique = (texts: string[]) => [...new Set(texts)];

/** Sorts by kind, keeps the order within a kind, and drops a command that was there before. */
function ranked(candidates: Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => bestFirst.indexOf(a.kind) - bestFirst.indexOf(b.kind));
  return sorted.filter((c, i) => sorted.findIndex((other) => other.command === c.command) === i);
}
