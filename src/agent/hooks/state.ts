/**
 * The part of a run's state that the hooks need. perf-gate writes it to a file at every transition of the run, and the hooks read this file
 * instead of the journal. The file exists only while a run is active. So a hook's shell script tests whether the file exists, and does
 * nothing without it.
 */
export type HookState = {
  run: string;
  stage: string;
  /** The number of the run's transitions so far. */
  epoch: number;
  paused: boolean;
  /** Who acts next. `person`: the run waits for a person, so the agent may end its turn. */
  waits_for: 'agent' | 'person';
  /** Who does the stage. `engine`: perf-gate does the stage, so calling `next` is enough. `actor`: the agent has to submit an artifact. */
  by: 'engine' | 'actor';
  /** The next command. */
  next: string;
  /**
   * The paths of the stage's brief and of its draft, relative to the project. Both are null until perf-gate has written the brief and the
   * draft.
   */
  brief_file: string | null;
  draft: string | null;
  /** Whether the project's files may be edited now. */
  may_edit: boolean;
  /** Patterns of protected files, relative to the project. */
  protected: string[];
  /** A text for a new session. It describes the contract, the stage and the earlier attempts. */
  brief: string;
};

/** The binding of a run to the session that drives it. The command line and the hooks write it to a file. */
export type Binding = {
  run: string;
  session: string;
  /** The client's process id, which stays the same after `/clear`. Null until a hook has seen the id. */
  client: string | null;
  /** Whether the agent is working on a prompt. If so, the next prompt of the user makes `spoken` true. */
  working: boolean;
  /** Whether the user sent a prompt while the agent worked, so that the agent may end its turn once. */
  spoken: boolean;
  /**
   * When perf-gate last kept the agent from ending a turn. `epoch`: the number of the run's transitions at that time. `times`: how often
   * perf-gate has kept the agent from ending a turn since that transition.
   */
  held: { epoch: number; times: number } | null;
};

/** A new binding. */
export const bound = (run: string, session: string, client: string | null): Binding => ({
  run,
  session,
  client,
  working: true,
  spoken: false,
  held: null,
});

/** Parses a state that perf-gate wrote. Undefined for anything else. */
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

/** Parses a binding that perf-gate wrote. Undefined for anything else. */
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
