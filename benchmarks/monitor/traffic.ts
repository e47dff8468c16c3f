/** The OTLP record of event number `n`, as the client would send it; always the same for a number. 200 series, sessions of 500 events. */
function recordOf(n: number, nanos: string): object {
  const { name, of } = kinds[n % kinds.length]!(n);
  const told = {
    'user.id': 'a'.repeat(64),
    'organization.id': '01234567-89ab-cdef-0123-456789abcdef',
    'terminal.type': 'xterm',
    'event.name': name,
    'event.timestamp': '2026-11-30T00:00:00.000Z',
    'session.id': `session-${Math.floor(n / 500)}`,
    'prompt.id': `prompt-${Math.floor(n / 25)}`,
    'event.sequence': n,
    ...of,
  };
  return {
    timeUnixNano: nanos,
    body: { stringValue: `claude_code.${name}` },
    attributes: Object.entries(told).map(([key, value]) => ({ key, value: anyValue(value) })),
  };
}

const anyValue = (value: string | number) =>
  typeof value === 'string'
    ? { stringValue: value }
    : Number.isInteger(value)
      ? { intValue: value }
      : { doubleValue: value };

/** A duration with a long tail, from 20 ms to some seconds, determined by `n`. */
const msOf = (n: number) => Math.round(20 * Math.exp(((n * 2_654_435_761) % 1000) / 200));

const hook = (n: number) => ({
  name: 'hook_execution_complete',
  of: {
    hook_event: 'PostToolUse',
    hook_name: `PostToolUse:Tool${n % 97}`,
    num_hooks: '4',
    num_success: '4',
    num_blocking: '0',
    num_non_blocking_error: '0',
    num_cancelled: '0',
    total_duration_ms: String(msOf(n)),
  },
});
const tool = (n: number) => ({
  name: 'tool_result',
  of: {
    tool_name: `Tool${n % 97}`,
    tool_use_id: `toolu_${n}`,
    success: n % 50 === 0 ? 'false' : 'true',
    duration_ms: String(msOf(n + 1)),
    tool_input_size_bytes: '120',
    tool_result_size_bytes: String(n % 5000),
  },
});
const model = (n: number) => ({
  name: 'api_request',
  of: {
    model: `claude-model-${n % 5}`,
    request_id: `req_${n}`,
    duration_ms: msOf(n + 2),
    ttft_ms: Math.round(msOf(n + 2) / 2),
    input_tokens: n % 900,
    output_tokens: n % 700,
    cache_read_tokens: (n * 13) % 90_000,
    cache_creation_tokens: n % 3000,
    cost_usd: 0.0123,
  },
});
const prompt = () => ({ name: 'user_prompt', of: { prompt_length: '13' } });

/** Kinds of events with the frequencies of a session: many hooks and tools, fewer model calls, some prompts of a person. */
const kinds: readonly ((n: number) => { name: string; of: Record<string, string | number> })[] = [
  hook,
  tool,
  hook,
  tool,
  hook,
  model,
  hook,
  tool,
  hook,
  prompt,
];

/** A body of `/v1/logs` with the records from `first` on, which happened at `t`, in ms since 1970. */
export function bodyOf(first: number, count: number, t: number): string {
  const nanos = `${t}000000`;
  const logRecords = Array.from({ length: count }, (_, i) => recordOf(first + i, nanos));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'claude-code' } }] };
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
}
