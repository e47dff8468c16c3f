/** The kinds of work in a session. `agent`: the time in which a subagent runs. The subagent's own work has spans too. */
export type Kind = 'hook' | 'permission' | 'tool' | 'model' | 'agent';

/**
 * The sources of a session's times, the most accurate first. Claude Code's debug log has the time of each hook. The summary at the end of a
 * turn in the transcript lists each Stop hook. The export (OTLP) has only the sum over the hooks of an event. The transcript lacks hooks
 * that print nothing. For tool calls and the model's answers, the transcript has only the start and the end.
 */
export const sources = ['debug_log', 'stop_summary', 'otlp', 'transcript'] as const;
export type Source = (typeof sources)[number];

/**
 * The hook that ran during a span. `plugin` and `command` are null if the source does not record them, for example because it has only the
 * sum over all hooks of the event.
 */
type HookOf = { event: string; matched: string | null; plugin: string | null; command: string | null };

/** A span of time. `from` and `to` in ms since 1970. */
export type Span = {
  kind: Kind;
  from: number;
  to: number;
  source: Source;
  failed: boolean;
  hook: HookOf | null;
  /** The tool of a span: its name, and the id of the call. */
  tool: { name: string; call: string } | null;
};

/** Makes a span of a kind of work, without a hook or a tool. */
export const plain = (kind: Kind, from: number, to: number, source: Source): Span => ({
  kind,
  from,
  to,
  source,
  failed: false,
  hook: null,
  tool: null,
});

/** The facts about a session from one of the sources. */
export type Evidence = {
  spans: Span[];
  /** The times at which prompts were given, ascending. */
  prompts: number[];
  /** Further times at which Claude Code was working. */
  signs: number[];
};
