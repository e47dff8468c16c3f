import type { Suggestion } from '../suggestion.ts';

/** The purpose of a command, guessed from the command's name. */
export type CandidateKind = 'bench' | 'profile' | 'start' | 'build' | 'test' | 'hook';

/** A command that seems to reproduce the workload. */
export type Candidate = {
  command: string;
  kind: CandidateKind;
  /** The file in which the command was found, and the name of its script or target if it has one. */
  found_in: string;
  /** For a hook: the project's file that the hook gets on stdin. */
  input?: string;
  /** A command that must run once in a fresh copy before the candidate works, in addition to the setup of the project. */
  setup?: string;
  /** The command that compiles the candidate's program, so that compiling is not timed. */
  build?: string;
  /**
   * The metric that the command reports itself. Such a command uses a benchmark tool, which decides how long the command runs, so the time
   * of the command says nothing about the code.
   */
  reports?: Suggestion;
  /** The reason why the command's time is a bad measure, as a sentence without a full stop. */
  caution?: string;
};

/** The facts in the manifest of one language or build tool. */
export type Finding = {
  language: string;
  runtime: string | null;
  package_manager: string | null;
  candidates: Candidate[];
  test_command: string | null;
  build_command: string | null;
  setup_command: string | null;
  /** Glob of the files that a build writes, relative to the root. */
  output: string | null;
  /** Environment variables with which a command in a copy of the project runs the code of this copy, and no code from another folder. */
  env: Record<string, string>;
  tools: string[];
};

/** A finding with only a language. */
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
  };
}

const kinds: readonly [name: RegExp, kind: CandidateKind][] = [
  [/^(bench|benchmarks?|perf)([:_-]|$)/i, 'bench'],
  [/^profil(e|ing)([:_-]|$)/i, 'profile'],
  [/^(start|serve)([:_-]|$)/i, 'start'],
  [/^(build|compile)([:_-]|$)/i, 'build'],
  [/^(test|check)$/i, 'test'],
];

/** The kind of a script or a make target, from its name. Undefined for unknown names, and for names about documentation and images. */
export function kindOf(name: string): CandidateKind | undefined {
  if (/docs?|site|image|docker|storybook|container/i.test(name)) return undefined;
  return kinds.find(([pattern]) => pattern.test(name))?.[1];
}
