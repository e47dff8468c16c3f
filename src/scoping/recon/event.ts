import { posix } from 'node:path';
import type { Tree } from './tree.ts';

/** What calls a hook of Claude Code: the event, and the tools that its matcher names; none where it names no tool. */
export type Call = { event: string; tools: readonly string[] };

/** What a tool is asked for; of any other tool nothing is known. */
const inputs: Record<string, object> = {
  Bash: { command: 'git status --short' },
  Read: { file_path: 'README.md' },
  Write: { file_path: 'README.md', content: '# Notes' },
  Edit: { file_path: 'README.md', old_string: 'a', new_string: 'b' },
  MultiEdit: { file_path: 'README.md', edits: [{ old_string: 'a', new_string: 'b' }] },
  NotebookEdit: { notebook_path: 'notes.ipynb', new_source: '1' },
  Glob: { pattern: '*' },
  Grep: { pattern: '*' },
};

/** What an event tells besides what all of them tell; the events that come most often are first. */
const fields: Record<string, object> = {
  PreToolUse: {},
  PostToolUse: { tool_response: {} },
  UserPromptSubmit: { prompt: 'Make it faster' },
  Stop: { stop_hook_active: false },
  SubagentStop: { stop_hook_active: false },
  SessionStart: { source: 'startup' },
  PreCompact: { trigger: 'manual' },
  SessionEnd: { reason: 'other' },
};

/** The events in this order, others behind them. */
export function rank(event: string): number {
  const known = Object.keys(fields);
  return known.includes(event) ? known.indexOf(event) : known.length;
}

const isAboutTool = (event: string) => /^(Pre|Post)ToolUse/.test(event);

/** A matcher is a list of names, or a pattern, which is not tried out: it comes from the repository. */
export function callOf(event: string, matcher: string): Call {
  return { event, tools: isAboutTool(event) ? matcher.split('|').filter((name) => /^\w+$/.test(name)) : [] };
}

/** The event as the client would write it, as JSON on one line without single quotes. */
export function sampleEvent({ event, tools: [tool = 'Bash'] }: Call): string {
  const common = { hook_event_name: event, session_id: 'sample', transcript_path: '/dev/null', cwd: '.' };
  const call = isAboutTool(event) ? { tool_name: tool, tool_input: inputs[tool] ?? {} } : {};
  return JSON.stringify({ ...common, ...call, ...fields[event] });
}

/** A file of the project that holds such an event: it is named for events or for this one, and says of itself that it is one. */
export function eventFile(tree: Tree, call: Call): string | undefined {
  return tree.files
    .filter((path) => /^[\w./-]+\.json$/.test(path) && namesEvent(posix.basename(path), call.event))
    .slice(0, 20)
    .find((path) => isOf(call, tree.read(path)));
}

function namesEvent(name: string, event: string): boolean {
  const plain = name.toLowerCase().replace(/[._-]/g, '');
  return plain.includes('event') || plain.includes(event.toLowerCase());
}

function isOf({ event, tools }: Call, text: string): boolean {
  try {
    const { hook_event_name, tool_name } = JSON.parse(text) ?? {};
    return hook_event_name === event && (tools.length === 0 || tools.includes(tool_name));
  } catch {
    return false;
  }
}
