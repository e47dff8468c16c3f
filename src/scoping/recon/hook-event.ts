import { posix } from 'node:path';
import type { Tree } from './tree.ts';

/** When Claude Code calls a hook: at an event, and only for the tools that the matcher names. An empty list of tools means any tool. */
export type HookCall = { event: string; tools: readonly string[] };

/** A sample input for each tool. Other tools get an empty input. */
const toolInputs: Record<string, object> = {
  Bash: { command: 'git status --short' },
  Read: { file_path: 'README.md' },
  Write: { file_path: 'README.md', content: '# Notes' },
  Edit: { file_path: 'README.md', old_string: 'a', new_string: 'b' },
  MultiEdit: { file_path: 'README.md', edits: [{ old_string: 'a', new_string: 'b' }] },
  NotebookEdit: { notebook_path: 'notes.ipynb', new_source: '1' },
  Glob: { pattern: '*' },
  Grep: { pattern: '*' },
};

/** For each event, its fields in addition to the common fields. The most frequent events come first. */
const eventFields: Record<string, object> = {
  PreToolUse: {},
  PostToolUse: { tool_response: {} },
  UserPromptSubmit: { prompt: 'Make it faster' },
  Stop: { stop_hook_active: false },
  SubagentStop: { stop_hook_active: false },
  SessionStart: { source: 'startup' },
  PreCompact: { trigger: 'manual' },
  SessionEnd: { reason: 'other' },
};

/** The rank of an event by its frequency: 0 for the most frequent event, and the last rank for all unknown events. */
export function frequencyRank(event: string): number {
  const known = Object.keys(eventFields);
  return known.includes(event) ? known.indexOf(event) : known.length;
}

const isAboutTool = (event: string) => /^(Pre|Post)ToolUse/.test(event);

/**
 * Reads a hook's matcher as a list of tool names. A matcher that is a regular expression gives no names, because perf-gate does not
 * execute expressions from a repository.
 */
export function callOf(event: string, matcher: string): HookCall {
  return { event, tools: isAboutTool(event) ? matcher.split('|').filter((name) => /^\w+$/.test(name)) : [] };
}

/** A sample of the hook's event, as Claude Code writes it: JSON on one line, without single quotes. */
export function sampleEvent({ event, tools: [tool = 'Bash'] }: HookCall): string {
  const common = { hook_event_name: event, session_id: 'sample', transcript_path: '/dev/null', cwd: '.' };
  const toolCall = isAboutTool(event) ? { tool_name: tool, tool_input: toolInputs[tool] ?? {} } : {};
  return JSON.stringify({ ...common, ...toolCall, ...eventFields[event] });
}

/**
 * The project's file that holds a sample of the hook's event. The file's name contains `event` or the event's name, and the fields in the
 * file match the event and the tool.
 */
export function eventFile(tree: Tree, call: HookCall): string | undefined {
  return tree.files
    .filter((path) => /^[\w./-]+\.json$/.test(path) && isNamedFor(posix.basename(path), call.event))
    .slice(0, 20)
    .find((path) => describes(call, tree.read(path)));
}

function isNamedFor(name: string, event: string): boolean {
  const plain = name.toLowerCase().replace(/[._-]/g, '');
  return plain.includes('event') || plain.includes(event.toLowerCase());
}

function describes({ event, tools }: HookCall, text: string): boolean {
  try {
    const { hook_event_name, tool_name } = JSON.parse(text) ?? {};
    return hook_event_name === event && (tools.length === 0 || tools.includes(tool_name));
  } catch {
    return false;
  }
}
