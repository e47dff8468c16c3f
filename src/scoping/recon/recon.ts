import { anyMachine, type Machine } from '../machine.ts';
import { existingBenchmarks, globsOf } from './benchmarks.ts';
import { cmake } from './cmake.ts';
import type { Candidate, CandidateKind, Finding } from './finding.ts';
import { detectLanguages, languageByExtension } from './languages/languages.ts';
import { make } from './make.ts';
import { meson } from './meson.ts';
import { testGlobs } from './tests.ts';
import { readTree, type Tree } from './tree.ts';
import { workloads } from './workloads.ts';

/** Facts about a project, read from its files, and about this machine. Recon executes no command of the project and asks no question. */
export type Recon = {
  language: string | null;
  runtime: string | null;
  package_manager: string | null;
  /** The existing benchmarks: files, and folders with `/` at the end. */
  existing_benchmarks: string[];
  /** Commands that seem to reproduce the workload, best first. */
  scripts: Candidate[];
  test_command: string | null;
  build_command: string | null;
  setup_command: string | null;
  /** Glob of the files that a build writes, relative to the root. */
  output: string | null;
  /** Environment variables with which a command in a copy of the project runs the code of this copy, and no code from another folder. */
  env: Record<string, string>;
  tools: string[];
  /** Suggestions for `guards.protected`. */
  protected: string[];
  /** Files that seem to hold secrets. */
  secrets: string[];
  /** Whether perf-gate can measure `undelayed_wall` on this machine. */
  sees_delay: boolean;
  /** Profilers that are not installed on this machine. See `withMissingProfilers`. */
  missing_profilers: string[];
};

const bestFirst: CandidateKind[] = ['bench', 'profile', 'start', 'test', 'build', 'hook'];

/**
 * Reads a project. Recon reads a bounded number of files, executes nothing and never throws. `machine`: the properties of this machine,
 * needed only for proposals of metrics and commands. `tree`: the project's files, if the caller has already listed them.
 */
export function recon(root: string, machine: Machine = anyMachine, tree: Tree = readTree(root)): Recon {
  const found = detectLanguages(tree, machine);
  const main = found[0];
  const tools = [make(tree), cmake(tree), meson(tree)].filter((finding) => finding !== undefined);
  const all = [...found, ...tools];
  const benchmarks = existingBenchmarks(tree);
  const scripts = ranked([...all.flatMap((f) => f.candidates), ...workloads(tree)]);
  const first = <K extends keyof Finding>(key: K) => all.map((f) => f[key]).find((value) => value !== null) ?? null;
  return {
    language: main?.language ?? languageByExtension(tree),
    runtime: main?.runtime ?? null,
    package_manager: main?.package_manager ?? tools[0]?.language ?? null,
    existing_benchmarks: benchmarks,
    scripts,
    test_command: first('test_command'),
    build_command: first('build_command'),
    setup_command: main?.setup_command ?? null,
    output: first('output'),
    env: main?.env ?? {},
    tools: unique(all.flatMap((f) => f.tools)),
    protected: unique([
      ...testGlobs(tree),
      ...globsOf(benchmarks),
      // the event file that a hook reads is a part of the workload, so it is protected
      ...scripts.flatMap(({ input }) => input ?? []),
    ]),
    secrets: tree.files.filter((f) => /^\.env(\.(?!example$|sample$|template$|dist$)[\w-]+)?$/.test(f)),
    sees_delay: machine.sees_delay,
    missing_profilers: [],
  };
}

const unique = (texts: string[]) => [...new Set(texts)];

/** Sorts candidates by kind, keeps the order within a kind, and drops repeated commands. */
function ranked(candidates: Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => bestFirst.indexOf(a.kind) - bestFirst.indexOf(b.kind));
  return sorted.filter((c, i) => sorted.findIndex((other) => other.command === c.command) === i);
}
