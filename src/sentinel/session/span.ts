/** The kinds of work in a session. `agent`: the run of a subagent, whose own work has spans too. */
export type Kind = 'hook' | 'permission' | 'tool' | 'model' | 'agent';

/**
 * The sources of times, the most accurate first. The client's debug log has each hook; a summary at the end of a turn has each Stop hook;
 * the export (OTLP) has only the sum over an event's hooks. The transcript lacks hooks that print nothing, and has only the start and the
 * end of tool calls and of the model's answers.
 */
export const sources = ['debug_log', 'stop_summary', 'otlp', 'transcript'] as const;
export type Source = (typeof sources)[number];

/** A hook of a span; its own fields are null if the source has only the event as a whole. */
type HookOf = { event: string; matched: string | null; plugin: string | null; command: string | null };

/** A span of time. `from` and `to` in ms since 1970. */
export type Span = {
  kind: Kind;
  from: number;
  to: number;
  source: Source;
  failed: boolean;
  hook: HookOf | null;
  /** The tool's name, and the id of its call. */
  tool: { name: string; call: string } | null;
};

/** A span of a kind, without a hook or a tool. */
export const plain = (kind: Kind, from: number, to: number, source: Source): Span => ({
  kind,
  from,
  to,
  source,
  failed: false,
  hook: null,
  tool: null,
});

/** The evidence of one source about a session. */
export type Evidence = {
  spans: Span[];
  /** When prompts were given, ascending. */
  prompts: number[];
  /** Further moments at which the client was working. */
  signs: number[];
};
