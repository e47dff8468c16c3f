import { at, lines } from '../transcripts/lines-of.ts';

/**
 * A session of 10 s: a second until the first prompt, hooks before and after the only call of a tool, and a Stop hook. The hooks of tools print
 * nothing. The records of each source.
 */
export const transcript = [
  lines.hook(at(0.9), 'SessionStart:startup', '/plugins/tidy/start.sh', 500),
  lines.prompt(at(1), 'make it faster'),
  lines.call(at(3), 'call', 'Bash', { command: 'npm test' }),
  lines.result(at(7), 'call', { stdout: 'ok' }),
  lines.says(at(9), 'done'),
  lines.stopHooks(
    at(9.6),
    { command: '$CLAUDE_PLUGIN_ROOT/stop.sh', durationMs: 600 },
    { command: 'note.sh', durationMs: 100 },
  ),
  lines.totals(at(0), 10_000, 3800, 2500),
];

const event = (seconds: number, name: string, attributes: Record<string, string | number>) => ({
  attributes: Object.entries({
    'event.name': name,
    'event.timestamp': at(seconds),
    'session.id': 'f00d',
    ...attributes,
  }).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
  })),
});

const body = (...logRecords: object[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });

/** Bodies of the export. In some events numbers are strings, as in the client. */
export const exported = [
  body(
    event(0.9, 'hook_execution_complete', {
      hook_event: 'SessionStart',
      hook_name: 'SessionStart:startup',
      num_hooks: '1',
      total_duration_ms: '500',
    }),
    event(1, 'user_prompt', {}),
    event(3, 'api_request', { duration_ms: 1900 }),
    event(4, 'hook_execution_complete', {
      hook_event: 'PreToolUse',
      hook_name: 'PreToolUse:Bash',
      num_hooks: '2',
      total_duration_ms: '1000',
    }),
  ),
  body(
    event(6.5, 'tool_result', { tool_name: 'Bash', tool_use_id: 'call', duration_ms: '2500', success: 'true' }),
    event(7, 'hook_execution_complete', {
      hook_event: 'PostToolUse',
      hook_name: 'PostToolUse:Bash',
      num_hooks: '1',
      total_duration_ms: '500',
    }),
    event(9, 'api_request', { duration_ms: 1900 }),
    event(9.6, 'hook_execution_complete', {
      hook_event: 'Stop',
      hook_name: 'Stop',
      num_hooks: '2',
      total_duration_ms: '600',
    }),
  ),
];

const hookLine = (seconds: number, name: string, command: string, plugin: string, ms: number) =>
  `${at(seconds)} [DEBUG] Hooks: ${name} [${command}] (plugin ${plugin}@market) finished with status 0 (${ms}ms)`;

export const debugLog = [
  `${at(0)} [DEBUG] Registered 6 hooks from 2 plugins`,
  hookLine(0.9, 'SessionStart:startup', '/plugins/tidy/start.sh', 'tidy', 500),
  hookLine(4, 'PreToolUse:Bash', '/plugins/tidy/check.sh [a] (b)', 'tidy', 1000),
  hookLine(3.4, 'PreToolUse:Bash', '/plugins/guard/guard.sh', 'guard', 400),
  `${at(7)} [DEBUG] Hooks: PostToolUse:Bash [/plugins/guard/late.sh] (plugin guard@market) timed out after 500ms (500ms)`,
  `${at(6.6)} [DEBUG] Hooks: PostToolUse:Bash [own.sh] moved to the background (7ms)`,
  hookLine(9.6, 'Stop', '/plugins/tidy/stop.sh', 'tidy', 600),
  `${at(9.9)} [DEBUG] SessionEnd:other [end.sh] completed with status 0`,
  'Hooks: this is no line of the log',
];

export const asLines = (values: readonly (object | string)[]): string =>
  values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
