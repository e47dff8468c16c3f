import type { Kind, MonitorEvent } from '../event.ts';
import { type Attributes, nameFrom, numberFrom, truthFrom } from './body.ts';
import { type Level, numbersFrom, wordsFrom } from './told.ts';

/** How to read one type of event of the client. */
export type ClientEvent = {
  kind: Kind;
  /** The lowest collection level at which the event is stored. */
  level: Level;
  /** Returns the name of the event. */
  name: (attributes: Attributes) => string;
  duration?: string;
  ok?: (attributes: Attributes) => boolean | null;
  /** The name of the attribute that identifies the event. Without such an attribute, the event's number in the session identifies it. */
  id?: string;
  numbers?: Readonly<Record<string, string>>;
  words?: Readonly<Record<string, string>>;
  /** The name of the attribute that contains the plugin. */
  plugin?: string;
};

const attribute = (name: string) => (attributes: Attributes) => nameFrom(attributes.get(name)) || '(unnamed)';
const fixed = (name: string) => () => name;
const never = (names: readonly string[]) => (attributes: Attributes) =>
  names.every((name) => (numberFrom(attributes.get(name)) ?? 0) === 0);

/**
 * The client's events by name, without the prefix `claude_code.`. Other events of the client are left out, because they have neither a
 * duration nor the result of an operation.
 */
const clientEvents: Readonly<Record<string, ClientEvent>> = {
  hook_execution_complete: {
    kind: 'hook_event',
    level: 'minimal',
    name: attribute('hook_name'),
    duration: 'total_duration_ms',
    ok: never(['num_non_blocking_error', 'num_cancelled']),
    numbers: {
      num_hooks: 'num_hooks',
      num_blocking: 'num_blocking',
      num_cancelled: 'num_cancelled',
      num_failed: 'num_non_blocking_error',
      stdout_chars: 'stdout_chars',
      context_chars: 'additional_context_chars',
    },
  },
  tool_result: {
    kind: 'tool',
    level: 'standard',
    name: attribute('tool_name'),
    duration: 'duration_ms',
    ok: (attributes) => truthFrom(attributes.get('success')),
    id: 'tool_use_id',
    numbers: { input_bytes: 'tool_input_size_bytes', result_bytes: 'tool_result_size_bytes' },
    words: { error_type: 'error_type' },
  },
  tool_decision: {
    kind: 'permission',
    level: 'detailed',
    name: attribute('tool_name'),
    ok: (attributes) => attributes.get('decision') === 'accept',
    id: 'tool_use_id',
    words: { source: 'source', permission_mode: 'permission_mode' },
  },
  api_request: {
    kind: 'model',
    level: 'standard',
    name: attribute('model'),
    duration: 'duration_ms',
    ok: () => true,
    id: 'request_id',
    numbers: {
      ttft_ms: 'ttft_ms',
      input_tokens: 'input_tokens',
      output_tokens: 'output_tokens',
      cache_read_tokens: 'cache_read_tokens',
      cache_creation_tokens: 'cache_creation_tokens',
      cost_usd: 'cost_usd',
    },
    words: { query_source: 'query_source', effort: 'effort', speed: 'speed' },
  },
  api_error: {
    kind: 'model',
    level: 'standard',
    name: attribute('model'),
    duration: 'duration_ms',
    ok: () => false,
    numbers: { attempt: 'attempt' },
    words: { status: 'status_code' },
  },
  compaction: { kind: 'turn', level: 'standard', name: fixed('compaction'), duration: 'duration_ms' },
  user_prompt: {
    kind: 'turn',
    level: 'standard',
    name: fixed('prompt'),
    numbers: { prompt_length: 'prompt_length' },
  },
  subagent_completed: {
    kind: 'agent',
    level: 'standard',
    name: attribute('agent_type'),
    duration: 'duration_ms',
    numbers: { tool_uses: 'total_tool_uses' },
  },
  plugin_loaded: {
    kind: 'session',
    level: 'detailed',
    name: fixed('plugin_loaded'),
    plugin: 'plugin.name',
    words: { scope: 'plugin.scope', version: 'plugin.version' },
  },
  hook_registered: {
    kind: 'session',
    level: 'detailed',
    name: fixed('hook_registered'),
    plugin: 'plugin.name',
    words: { event: 'hook_event', source: 'hook_source' },
  },
};

/** How to read an event of the client; undefined for an event that the monitor does not store. */
export function clientEvent(name: string): ClientEvent | undefined {
  const short = name.replace(/^claude_code\./, '');
  return Object.hasOwn(clientEvents, short) ? clientEvents[short] : undefined;
}

type Figures = Pick<MonitorEvent, 'kind' | 'name' | 'duration_ms' | 'ok' | 'plugin' | 'attributes'>;

export function figuresOfEvent(event: ClientEvent, attributes: Attributes): Figures {
  const { kind, name, duration, ok, numbers = {}, words = {}, plugin } = event;
  const time = duration === undefined ? undefined : numberFrom(attributes.get(duration));
  return {
    kind,
    name: name(attributes),
    duration_ms: time === undefined || time < 0 ? null : time,
    ok: ok?.(attributes) ?? null,
    plugin: plugin === undefined ? '' : nameFrom(attributes.get(plugin)),
    attributes: { ...numbersFrom(attributes, numbers), ...wordsFrom(attributes, words) },
  };
}
