/** What an agent may use up in one stage. */
export type Budget = { model: string | null; max_turns: number; max_usd: number; max_minutes: number };

/** What an agent is allowed to touch in a stage. */
export type Scope = {
  /** Whether it may edit the project, or its draft only. */
  edits: 'project' | 'draft';
  /** Relative to the project, its working directory. */
  draft: string;
  /** Paths that it may not edit, as globs. */
  protected: readonly string[];
  /** Shell commands that it may run, word for word: those of the approved contract. */
  commands: readonly string[];
};

/** What came of it, as the client tells at its end. What it does not tell is null. */
export type Reading = {
  turns: number | null;
  cost_usd: number | null;
  /** The limit of its budget that ended it. */
  limit: string | null;
  /** Why it failed, in its own words. */
  error: string | null;
};

/** How an installed coding agent is asked without a person: the prompt comes on stdin, its transcript is stdout. */
export type Adapter = {
  program: string;
  /** Variables that only it gives to the commands that it runs for its agent. */
  marks: readonly string[];
  /** What to say where it is missing. */
  install: string;
  args(budget: Budget, scope: Scope): string[];
  read(transcript: string, exitCode: number | null): Reading;
};

/** The lines of a transcript that are JSON objects with a `type`. */
export function eventsOf(transcript: string): Record<string, unknown>[] {
  return transcript.split('\n').flatMap((line) => {
    try {
      const event = JSON.parse(line) as Record<string, unknown> | null;
      return typeof event?.type === 'string' ? [event] : [];
    } catch {
      return []; // what a client prints besides
    }
  });
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
