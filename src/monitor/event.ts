import { figures } from './resources/figures.ts';

/** The kinds of events. */
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
 * The sources of events with their ranks. If several sources report the same event, the event of the source with the highest rank is kept.
 * A debug log has the time of every hook. The summary at the end of a turn has the times of Stop hooks. Telemetry has one time for all
 * hooks of an event. A transcript omits hooks without output.
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

/** One event. Events contain no private data. Sources pass data to the store only as events. */
export type MonitorEvent = {
  /** When the event ended, in milliseconds since 1970, as reported by its source. */
  t: number;
  kind: Kind;
  /** The name of the tool, hook event, model or hook script, such as `Bash` or `PreToolUse:Edit`. One line. */
  name: string;
  duration_ms: number | null;
  /** Whether the event succeeded; null if an event of its kind cannot fail. */
  ok: boolean | null;
  session: string | null;
  prompt: string | null;
  /** The folder of the project; null if the source does not know it. */
  project: string | null;
  /** The plugin that the event belongs to; `''` without a plugin, or if the plugin is unknown. */
  plugin: string;
  /** A hash that identifies a version of a handler: it changes with the handler's text. `''` if unknown. */
  handler_hash: string;
  source: Source;
  /** A text that identifies the event. If two sources report the same event, both reports have the same `identity`. */
  identity: string;
  /**
   * Attributes are numbers and short words. The only texts written by people are names of tests, which come from reports that the user
   * imported.
   */
  attributes: Record<string, number | string | boolean>;
};

/** The fields of an event that belongs to no session and no handler. */
export const ofNoSession = { session: null, prompt: null, project: null, plugin: '', handler_hash: '' } as const;

/** For each kind of events, the attributes that are metrics in addition to `duration_ms`. These metrics have percentiles and sums. */
const measures: Partial<Record<Kind, readonly string[]>> = {
  session: ['value'],
  model: ['ttft_ms', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_creation_tokens', 'cost_usd'],
  tool: ['call_ms', 'input_bytes', 'result_bytes'],
  hook_event: ['num_hooks', 'stdout_chars'],
  agent: ['tool_uses'],
  resource: figures.flatMap(({ name }) => [name, `${name}_max`]),
};

/** Whether a metric is a duration. `call_ms` is the duration of a tool call, including its hooks and the wait for permission. */
export const isTime = (metric: string): boolean => metric === 'duration_ms' || metric === 'call_ms';

/** The fields of an event that are needed to compute its figures. */
export type Figured = Pick<MonitorEvent, 't' | 'kind' | 'duration_ms' | 'ok' | 'attributes'>;

/**
 * The metrics of an event with their values, such as `duration_ms` and 120. For an event without values, the result is the metric `events`
 * with the value 1.
 */
export function figuresOf({ kind, duration_ms, attributes }: Figured): [metric: string, value: number][] {
  const own = (measures[kind] ?? []).flatMap((metric): [string, number][] => {
    const value = attributes[metric];
    return typeof value === 'number' ? [[metric, value]] : [];
  });
  const all: [string, number][] = duration_ms === null ? own : [['duration_ms', duration_ms], ...own];
  return all.length > 0 ? all : [['events', 1]];
}
