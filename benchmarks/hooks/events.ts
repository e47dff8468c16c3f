import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const plugin = fileURLToPath(new URL('../../plugin', import.meta.url));

/** An event of a client: the hooks that it calls, and the input on their stdin. */
export type Raised = { name: string; event: string; tool?: string; told: object };

/** The session id of every event. */
export const SESSION = 'bench-session';

const base = { session_id: SESSION, transcript_path: '', permission_mode: 'default' };

/** The frequent events of a session, with input of a typical size. */
export const raised: Raised[] = [
  { name: 'SessionStart', event: 'SessionStart', told: { ...base, source: 'startup' } },
  { name: 'UserPromptSubmit', event: 'UserPromptSubmit', told: { ...base, prompt: 'and now make it faster, please' } },
  {
    name: 'PreToolUse, a shell call',
    event: 'PreToolUse',
    tool: 'Bash',
    told: {
      ...base,
      tool_name: 'Bash',
      tool_input: { command: `ls -la ${'src/a.ts '.repeat(40)}`, description: 'list' },
    },
  },
  {
    name: 'PreToolUse, an edit',
    event: 'PreToolUse',
    tool: 'Edit',
    told: {
      ...base,
      tool_name: 'Edit',
      tool_input: { file_path: 'a.ts', old_string: 'x'.repeat(900), new_string: '' },
    },
  },
  {
    name: 'Stop',
    event: 'Stop',
    told: { ...base, stop_hook_active: false, last_assistant_message: 'Done. '.repeat(100), background_tasks: [] },
  },
  { name: 'SessionEnd', event: 'SessionEnd', told: { ...base, reason: 'other' } },
];

type Handler = { command: string; args: string[] };
type Listed = { hooks: Record<string, { matcher?: string; hooks: Handler[] }[]> };

/** The command that the plugin's hooks.json declares for the event. */
export function handlerOf({ event, tool }: Raised): [string, ...string[]] {
  const { hooks } = JSON.parse(readFileSync(`${plugin}/hooks/hooks.json`, 'utf8')) as Listed;
  const entry = hooks[event]?.find(
    (e) => tool === undefined || !e.matcher || new RegExp(`^(${e.matcher})$`).test(tool),
  );
  const handler = entry?.hooks[0];
  if (!handler) throw new Error(`hooks.json has nothing for ${event}`);
  return [handler.command, ...handler.args.map((arg) => arg.replace(/\$\{CLAUDE_PLUGIN_ROOT\}/g, plugin))];
}
