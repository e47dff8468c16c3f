import { benchScripts, existingBenchmarks, protectedPaths } from './benches.ts';
import { dart } from './dart.ts';
import type { Candidate, CandidateKind, Finding } from './finding.ts';
import { go } from './go.ts';
import { make } from './make.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import { rust } from './rust.ts';
import { readTree, type Tree } from './tree.ts';
import { workloads } from './workloads.ts';

/** What a look at the repository tells, before anybody is asked. Nothing of it has been executed. */
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
  output: string | null;
  tools: string[];
  /** Suggestions for `guards.protected`. */
  protected: string[];
  /** Files that look like they hold secrets. */
  secrets: string[];
};

const detectors: { detect: (tree: Tree) => Finding | undefined; sources: RegExp }[] = [
  { detect: node, sources: /\.[cm]?[jt]sx?$/ },
  { detect: python, sources: /\.py$/ },
  { detect: rust, sources: /\.rs$/ },
  { detect: go, sources: /\.go$/ },
  { detect: dart, sources: /\.dart$/ },
];

const order: CandidateKind[] = ['bench', 'profile', 'start', 'test', 'build', 'hook'];

/** Looks at a project: reads a bounded number of files, executes nothing, never throws. */
export function recon(root: string): Recon {
  const tree = readTree(root);
  const findings = detectors
    .flatMap(({ detect, sources }) => {
      const finding = detect(tree);
      return finding ? [{ finding, weight: tree.files.filter((f) => sources.test(f)).length }] : [];
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ finding }) => finding);
  const makefile = make(tree);
  const all = makefile ? [...findings, makefile] : findings;
  const main = findings[0];
  const benchmarks = existingBenchmarks(tree);
  const scripts = ranked([...all.flatMap((f) => f.candidates), ...benchScripts(tree), ...workloads(tree)]);
  const first = <K extends keyof Finding>(key: K) => all.map((f) => f[key]).find((value) => value !== null) ?? null;
  return {
    language: main?.language ?? languageOf(tree),
    runtime: main?.runtime ?? null,
    package_manager: main?.package_manager ?? (makefile ? 'make' : null),
    existing_benchmarks: benchmarks,
    scripts,
    test_command: first('test_command'),
    build_command: first('build_command'),
    setup_command: main?.setup_command ?? null,
    output: first('output'),
    tools: [...new Set(all.flatMap((f) => f.tools))],
    protected: [
      ...new Set([...all.flatMap((f) => f.protected), ...protectedPaths(tree, benchmarks), ...eventsOf(scripts)]),
    ],
    secrets: tree.files.filter((f) => /^\.env(\.(?!example$|sample$|template$|dist$)[\w-]+)?$/.test(f)),
  };
}

/** The events that hooks are given: with another event it would be another measurement. */
const eventsOf = (scripts: Candidate[]) =>
  scripts.flatMap(({ kind, command }) => (kind === 'hook' ? (/ < (\S+)$/.exec(command)?.slice(1) ?? []) : []));

/** By kind; within a kind in the order they were found. The same command only once. */
function ranked(candidates: Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return sorted.filter((c, i) => sorted.findIndex((other) => other.command === c.command) === i);
}

/** Where no manifest tells: the language with the most files. */
function languageOf(tree: Tree): string | null {
  const languages: [RegExp, string][] = [
    [/\.(c|h)$/, 'c'],
    [/\.(cc|cpp|cxx|hpp)$/, 'c++'],
    [/\.java$/, 'java'],
    [/\.rb$/, 'ruby'],
    [/\.(sh|bash)$/, 'shell'],
    [/\.py$/, 'python'],
    [/\.[cm]?js$/, 'javascript'],
    [/\.ts$/, 'typescript'],
  ];
  const counted = languages.map(([pattern, name]) => ({
    name,
    count: tree.files.filter((f) => pattern.test(f)).length,
  }));
  const top = counted.sort((a, b) => b.count - a.count)[0];
  return top && top.count > 0 ? top.name : null;
}
