import { figures } from './resources/figures.ts';

/** What can happen. */
export type Kind =
  | 'session'
  | 'turn'
  | 'model'
  | 'tool'
  | 'permission'
  | 'hook_event'
  | 'hook'
  | 'agent'
  | 'test'
  | 'cache'
  | 'resource'
  | 'run'
  | 'bench';

/**
 * Who told of a happening, with its rank: where several tell of the same, the highest counts. A debug log has the time of every hook; the
 * summary of a turn's end has those of Stop; telemetry has one time for all hooks of an event; a transcript knows no hook without output.
 */
export const sources = {
  debug_log: 4,
  stop_summary: 3,
  otlp: 2,
  transcript: 1,
  journal: 1,
  proc: 1,
  test_report: 1,
  demo: 1,
} as const;
export type Source = keyof typeof sources;

/** One happening, without anything private: the only shape in which sources hand to the store. */
export type MonitorEvent = {
  /** Milliseconds since 1970: its end, as sources tell it. */
  t: number;
  kind: Kind;
  /** What it was: `Bash`, `PreToolUse:Edit`, a model, a hook's script. One line. */
  name: string;
  duration_ms: number | null;
  /** Null where it can neither fail nor succeed. */
  ok: boolean | null;
  session: string | null;
  prompt: string | null;
  /** The folder of the project; null where the source does not know it. */
  project: string | null;
  /** `''`: no plugin's, or unknown. */
  plugin: string;
  /** Tells one handler from another, and changes with its text; `''`: unknown. */
  handler_hash: string;
  source: Source;
  /** What makes it this one and no other: two sources that tell of the same give the same. */
  identity: string;
  /** Numbers and words of a few letters; of texts that a person wrote, only the names of tests, from reports that were imported on purpose. */
  attributes: Record<string, number | string | boolean>;
};

/** What an event that belongs to no session and no handler has in their places. */
export const ofNoSession = { session: null, prompt: null, project: null, plugin: '', handler_hash: '' } as const;

/** Which attributes of a kind are figures of their own, beside `duration_ms`: they have percentiles and sums. */
const measures: Partial<Record<Kind, readonly string[]>> = {
  session: ['value'],
  model: ['ttft_ms', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_creation_tokens', 'cost_usd'],
  tool: ['call_ms', 'input_bytes', 'result_bytes'],
  hook_event: ['num_hooks', 'stdout_chars'],
  agent: ['tool_uses'],
  resource: figures.flatMap(({ name }) => [name, `${name}_max`]),
};

/** Whether a metric is how long something took; `call_ms` is that of a tool with its hooks and the wait for permission. */
export const isTime = (metric: string): boolean => metric === 'duration_ms' || metric === 'call_ms';

/** What the figures of an event are taken from. */
export type Figured = Pick<MonitorEvent, 't' | 'kind' | 'duration_ms' | 'ok' | 'attributes'>;

/** The figures of an event by the names of their metrics; one that has none counts as one of `events`. */
export function figuresOf({ kind, duration_ms, attributes }: Figured): [metric: string, value: number][] {
  const own = (measures[kind] ?? []).flatMap((metric): [string, number][] => {
    const value = attributes[metric];
    return typeof value === 'number' ? [[metric, value]] : [];
  });
  const all: [string, number][] = duration_ms === null ? own : [['duration_ms', duration_ms], ...own];
  return all.length > 0 ? all : [['events', 1]];
}
