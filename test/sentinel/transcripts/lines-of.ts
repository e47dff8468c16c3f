import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a transcript below the client's folder of a home. */
export function writeTranscript(
  home: string,
  { project, session }: { project: string; session: string },
  lines: readonly (object | string)[],
): string {
  const file = join(home, '.claude/projects', project.replace(/[^A-Za-z0-9]/g, '-'), `${session}.jsonl`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return file;
}

/** The fields about the session that every record has. */
const about = { sessionId: 'f00d', cwd: '/home/you/shop', version: '2.1.329', entrypoint: 'sdk-cli' };

/** A moment of the invented day: seconds after noon. */
export const at = (seconds: number, day = '2026-03-04') =>
  new Date(Date.parse(`${day}T12:00:00.000Z`) + seconds * 1000).toISOString();

/** Lines as the client writes them. `t`: their time. */
export const lines = {
  prompt: (t: string, text: string, more: object = {}) => ({
    ...about,
    type: 'user',
    timestamp: t,
    message: { role: 'user', content: text },
    ...more,
  }),
  call: (t: string, id: string, name: string, input: object, more: object = {}) => ({
    ...about,
    type: 'assistant',
    timestamp: t,
    requestId: `request of ${id}`,
    message: { role: 'assistant', stop_reason: 'tool_use', content: [{ type: 'tool_use', id, name, input }] },
    ...more,
  }),
  result: (t: string, id: string, response: unknown, more: object = {}) => ({
    ...about,
    type: 'user',
    timestamp: t,
    message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'shown', is_error: false }] },
    toolUseResult: response,
    permissionDecision: { decision: 'accept', source: 'config' },
    ...more,
  }),
  says: (t: string, text: string, more: object = {}) => ({
    ...about,
    type: 'assistant',
    timestamp: t,
    requestId: `request at ${t}`,
    message: { role: 'assistant', stop_reason: 'end_turn', content: [{ type: 'text', text }] },
    ...more,
  }),
  hook: (t: string, name: string, command: string, durationMs: number) => ({
    ...about,
    type: 'attachment',
    timestamp: t,
    attachment: { type: 'hook_success', hookName: name, hookEvent: name.split(':')[0], command, durationMs },
  }),
  stopHooks: (t: string, ...hookInfos: { command: string; durationMs: number }[]) => ({
    ...about,
    type: 'system',
    subtype: 'stop_hook_summary',
    timestamp: t,
    hookCount: hookInfos.length,
    hookInfos,
  }),
  totals: (start: string, totalDuration: number, totalAPIDuration: number, totalToolDuration: number) => ({
    type: 'cost-state',
    sessionId: about.sessionId,
    startTime: Date.parse(start),
    totalDuration,
    totalAPIDuration,
    totalToolDuration,
  }),
};
