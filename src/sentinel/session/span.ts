/** What a session spends time on. `agent`: in a subagent, beside what that does itself; `outside`: between turns. */
export type Kind = 'hook' | 'permission' | 'tool' | 'model' | 'agent';

/**
 * Where a figure comes from, the most faithful first: the client's debug log has each hook; a summary at the end of a turn has each Stop hook; the export (OTLP)
 * has each event of hooks as a whole; the transcript leaves out hooks that print nothing, and knows of tools and of the model only when
 * they were called and when they had answered.
 */
export const sources = ['debug_log', 'stop_summary', 'otlp', 'transcript'] as const;
export type Source = (typeof sources)[number];

/** A hook of a span: null where the source tells only of the event as a whole. */
type HookOf = { event: string; matched: string | null; plugin: string | null; command: string | null };

/** Something that took time. `from` and `to` in ms since 1970. */
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

/** What one source knows of a session. */
export type Evidence = {
  spans: Span[];
  /** When prompts were given, ascending. */
  prompts: number[];
  /** The moments at which the client was at work in some way, besides those of spans. */
  signs: number[];
};
