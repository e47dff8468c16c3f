/** Bodies as Claude Code sends them: some numbers are texts. */

type Value = string | number | boolean;

const attributes = (of: Record<string, Value>) =>
  Object.entries(of).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : typeof value === 'boolean'
          ? { boolValue: value }
          : Number.isInteger(value)
            ? { intValue: String(value) }
            : { doubleValue: value },
  }));

/** `2026-03-04T12:00:00Z` in nanoseconds. */
const nanos = '1772625600000000000';

/** Attributes of the user that the client sends with every record; the monitor must not store them. */
const secrets = {
  'user.id': 'SECRET-user',
  'user.email': 'SECRET@example.com',
  'organization.id': 'SECRET-organization',
};

/** The same body with present times, because old events are not stored. */
export const sentNow = (body: object): object =>
  JSON.parse(JSON.stringify(body).replaceAll(nanos, `${Date.now()}000000`)) as object;

let sequence = 0;

export const record = (name: string, of: Record<string, Value>) => ({
  timeUnixNano: nanos,
  body: { stringValue: `claude_code.${name}` },
  attributes: attributes({
    ...secrets,
    'event.name': name,
    'session.id': 'f00d',
    'prompt.id': 'p1',
    'event.sequence': sequence++,
    ...of,
  }),
});

export const logs = (...logRecords: object[]) => ({
  resourceLogs: [
    { resource: { attributes: attributes({ 'service.name': 'claude-code' }) }, scopeLogs: [{ logRecords }] },
  ],
});

export const metric = (name: string, temporality: number | string, value: number, of: Record<string, Value> = {}) => ({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [
            {
              name: `claude_code.${name}`,
              sum: {
                aggregationTemporality: temporality,
                dataPoints: [
                  { timeUnixNano: nanos, asDouble: value, attributes: attributes({ 'session.id': 'f00d', ...of }) },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
});

export const spans = (...all: { name: string; ms?: number; of?: Record<string, Value> }[]) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: all.map(({ name, ms = 1500, of = {} }, i) => ({
            traceId: 'a'.repeat(32),
            spanId: String(i).padStart(16, '0'),
            name: `claude_code.${name}`,
            startTimeUnixNano: nanos,
            endTimeUnixNano: String(BigInt(nanos) + BigInt(ms) * 1_000_000n),
            attributes: attributes({ 'session.id': 'f00d', ...of }),
          })),
        },
      ],
    },
  ],
});

/** One event of each stored kind, with private texts where the client puts them. */
export const session = () =>
  logs(
    record('user_prompt', { prompt: 'SECRET prompt', prompt_length: '13' }),
    record('hook_execution_complete', {
      hook_event: 'PreToolUse',
      hook_name: 'PreToolUse:Bash',
      num_hooks: '4',
      num_success: '3',
      num_non_blocking_error: '1',
      num_cancelled: '0',
      total_duration_ms: '1014',
      hook_definitions: '[{"type":"command","command":"SECRET"}]',
    }),
    record('tool_result', {
      tool_name: 'Bash',
      tool_use_id: 'toolu_1',
      success: 'true',
      duration_ms: '233',
      tool_input_size_bytes: '120',
      tool_parameters: '{"command":"echo SECRET"}',
    }),
    record('api_request', {
      model: 'claude-x',
      duration_ms: 737,
      ttft_ms: 706,
      input_tokens: 10,
      output_tokens: 20,
      cache_read_tokens: 900,
      cache_creation_tokens: 90,
      cost_usd: 0.0123,
    }),
    record('api_error', { model: 'claude-x', duration_ms: 90, error: 'SECRET text', status_code: '529' }),
    record('subagent_completed', { agent_type: 'Explore', duration_ms: '24000', total_tool_uses: 9 }),
    record('tool_decision', { tool_name: 'Bash', decision: 'accept', source: 'config', tool_use_id: 'toolu_1' }),
    record('assistant_response', { text: 'SECRET answer' }),
  );
