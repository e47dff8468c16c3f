import type { Suggestion } from '../suggestion.ts';

/** What a command does, as far as its name tells. */
export type CandidateKind = 'bench' | 'profile' | 'start' | 'build' | 'test' | 'hook';

/** A command that may reproduce the workload. */
export type Candidate = {
  command: string;
  kind: CandidateKind;
  /** The file that names the command, and where in it. */
  found_in: string;
  /** The project's file that the command reads on stdin; only for hooks. */
  input?: string;
  /** What it needs once in a fresh copy, besides the setup of the project. */
  setup?: string;
  /** What compiles what it runs, so that this is not timed. */
  build?: string;
  /** The figure that it reports itself. It belongs to a harness, whose own time says nothing. */
  reports?: Suggestion;
  /** Why its time is no good measure, in a sentence without a full stop. */
  caution?: string;
};

/** What the manifest of one language or build tool tells. */
export type Finding = {
  language: string;
  runtime: string | null;
  package_manager: string | null;
  candidates: Candidate[];
  test_command: string | null;
  build_command: string | null;
  setup_command: string | null;
  /** Glob of what a build writes, relative to the root. */
  output: string | null;
  /** Variables without which the commands would run other code than that of the project. */
  env: Record<string, string>;
  tools: string[];
  /** Globs that a fix must not touch. */
  protected: string[];
};

/** A finding that holds nothing but the language. */
export function emptyFinding(language: string): Finding {
  return {
    language,
    runtime: null,
    package_manager: null,
    candidates: [],
    test_command: null,
    build_command: null,
    setup_command: null,
    output: null,
    env: {},
    tools: [],
    protected: [],
  };
}

const kinds: readonly [name: RegExp, kind: CandidateKind][] = [
  [/^(bench|benchmarks?|perf)([:_-]|$)/i, 'bench'],
  [/^profil(e|ing)([:_-]|$)/i, 'profile'],
  [/^(start|serve)([:_-]|$)/i, 'start'],
  [/^(build|compile)([:_-]|$)/i, 'build'],
  [/^(test|check)$/i, 'test'],
];

/** The kind of a script or a make target, from its name; undefined for names that recon does not know, and for documentation and images. */
export function kindOf(name: string): CandidateKind | undefined {
  if (/docs?|site|image|docker|storybook|container/i.test(name)) return undefined;
  return kinds.find(([pattern]) => pattern.test(name))?.[1];
}
