/** The limits of an agent in one stage. */
export type Budget = { model: string | null; max_turns: number; max_usd: number; max_minutes: number };

/** The files and commands that an agent may use in a stage. */
export type Scope = {
  /** Whether the agent may edit the project, or only its draft. */
  edits: 'project' | 'draft';
  /** The path of the draft, relative to the project's folder, in which the agent works. */
  draft: string;
  /** Paths that the agent may not edit, as globs. */
  protected: readonly string[];
  /** The shell commands that the agent may run, exactly as written. They come from the approved contract. */
  commands: readonly string[];
};

/** The client's report at the end of an agent's work. A field that the report lacks is null. */
export type Reading = {
  turns: number | null;
  cost_usd: number | null;
  /** The limit that ended the work, such as the limit of turns. Null if the agent reached no limit. */
  limit: string | null;
  /** The client's own error message. */
  error: string | null;
};

/**
 * An installed coding agent, and how perf-gate runs it without a person. The agent's client reads the prompt from stdin, and prints the
 * transcript to stdout.
 */
export type Adapter = {
  program: string;
  /** Environment variables that only this client sets for the commands of its agent. */
  marks: readonly string[];
  /** The hint that perf-gate prints if the client is not installed. */
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
      return []; // a line that is no JSON: other output of the client
    }
  });
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
