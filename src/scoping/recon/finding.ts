/** What a command does, as far as its name tells. */
export type CandidateKind = 'bench' | 'profile' | 'start' | 'build' | 'test' | 'hook';

/** A command that may reproduce the workload, and the file that names it. */
export type Candidate = { command: string; kind: CandidateKind; found_in: string };

/** What one ecosystem's detector saw. */
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
  tools: string[];
  protected: string[];
};

/** A finding with nothing in it but the language. */
export function nothingYet(language: string): Finding {
  return {
    language,
    runtime: null,
    package_manager: null,
    candidates: [],
    test_command: null,
    build_command: null,
    setup_command: null,
    output: null,
    tools: [],
    protected: [],
  };
}

/** The kind of command that a script's or target's name stands for. */
export function kindOf(name: string): CandidateKind | undefined {
  const kinds: [RegExp, CandidateKind][] = [
    [/^(bench|benchmarks?|perf)([:_-]|$)/i, 'bench'],
    [/^profil(e|ing)([:_-]|$)/i, 'profile'],
    [/^(start|serve)([:_-]|$)/i, 'start'],
    [/^(build|compile)([:_-]|$)/i, 'build'],
    [/^(test|check)$/i, 'test'],
  ];
  return kinds.find(([pattern]) => pattern.test(name))?.[1];
}
