/**
 * What the hooks know of a run: written by the engine at every transition, read by the hooks instead of the journal. Its file is there
 * as long as a run has not ended, so that a shell test tells whether there is anything to do.
 */
export type HookState = {
  run: string;
  stage: string;
  /** The transitions so far: it grows with every step that the run makes. */
  epoch: number;
  paused: boolean;
  /** Who has to act: `person` where an agent may rest, and may have to. */
  waits_for: 'agent' | 'person';
  /** Whether the engine brings the run on by itself when it is called, or the agent has to hand something in. */
  by: 'engine' | 'actor';
  /** The command that comes next. */
  next: string;
  /** Paths within the project: what `next` printed for the stage, and where the answer goes. Null before they are written. */
  brief_file: string | null;
  draft: string | null;
  /** Whether the project’s files may be edited now. */
  may_edit: boolean;
  /** Patterns of protected files, relative to the project. */
  protected: string[];
  /** For whoever begins a session: contract, stage, what was tried. */
  brief: string;
};

/** Which session drives the run. Written by the command line and by the hooks. */
export type Binding = {
  run: string;
  session: string;
  /** The process of the client, by which `/clear` is known to be the same one; null until a hook saw it. */
  client: string | null;
  /** Whether the agent is at work on a prompt of the user: what is typed meanwhile was not the start of it. */
  working: boolean;
  /** The user said something while the agent worked: it is let go once. */
  spoken: boolean;
  /** Where the run stood when the agent was last held, and how often it was held there. */
  held: { epoch: number; times: number } | null;
};

/** A binding of a session that has not been held yet. */
export const bound = (run: string, session: string, client: string | null): Binding => ({
  run,
  session,
  client,
  working: true,
  spoken: false,
  held: null,
});

/** Reads what was written by us; undefined for anything else. */
export function parseState(text: string | undefined): HookState | undefined {
  const value = parsed(text);
  const isState =
    typeof value.run === 'string' &&
    typeof value.stage === 'string' &&
    typeof value.epoch === 'number' &&
    typeof value.next === 'string' &&
    typeof value.brief === 'string' &&
    (value.waits_for === 'agent' || value.waits_for === 'person') &&
    Array.isArray(value.protected) &&
    value.protected.every((pattern) => typeof pattern === 'string');
  return isState ? (value as HookState) : undefined;
}

/** The same for a binding. */
export function parseBinding(text: string | undefined): Binding | undefined {
  const value = parsed(text);
  const isBinding = typeof value.run === 'string' && typeof value.session === 'string' && value.session !== '';
  return isBinding ? (value as Binding) : undefined;
}

function parsed(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
