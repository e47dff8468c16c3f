import { isOfTool } from '../discover/events.ts';
import type { Command } from '../shell/script.ts';
import { rule } from './rule.ts';

export const wrongField = rule<{ found: string; instead: string }>({
  id: 'wrong-field',
  severity: 'medium',
  title: 'The hook reads a field or variable that Claude Code does not set',
  remedy: { act: 'read the field that the event has', lines: 1, saves: false },
  advice: ({ found, instead }) =>
    `${found} is always empty, so the hook does nothing or the wrong thing: use ${instead}.`,
  detect({ hook: { event }, script: { commands, variables } }) {
    const ofJson = commands.flatMap((command) => {
      const field = fieldOf(command, event);
      return field ? [{ lines: [command.at], facts: field }] : [];
    });
    const ofEnvironment = variables
      .filter(({ name, fallback }) => !fallback && Object.hasOwn(absent, name))
      .map(({ name, at }) => ({ lines: [at], facts: { found: `$${name}`, instead: absent[name]! } }));
    return [...ofJson, ...ofEnvironment];
  },
});

/** Variables that Claude Code never sets for hooks, although many scripts read them. */
const absent: Record<string, string> = {
  CLAUDE_SESSION_ID: '$CLAUDE_CODE_SESSION_ID, or session_id of the event',
  CLAUDE_SESSION_DURATION_MS: 'the times in the transcript (the event’s transcript_path names that file)',
  CLAUDE_TOOL_NAME: 'tool_name of the event',
  CLAUDE_TOOL_INPUT: 'tool_input of the event',
  CLAUDE_TOOL_OUTPUT: 'tool_response of the event',
  CLAUDE_FILE_PATHS: 'tool_input.file_path of the event',
  CLAUDE_USER_PROMPT: 'prompt of the event',
};

/** Fields that scripts look for at the top level of a tool event, and the paths at which the event really has these fields. */
const ofTools: Record<string, string> = {
  command: '.tool_input.command',
  file_path: '.tool_input.file_path',
  content: '.tool_input.content',
  new_string: '.tool_input.new_string',
  old_string: '.tool_input.old_string',
  pattern: '.tool_input.pattern',
  tool: '.tool_name',
  toolName: '.tool_name',
  input: '.tool_input',
  toolInput: '.tool_input',
  tool_output: '.tool_response',
  tool_result: '.tool_response',
};

const ofPrompts: Record<string, string> = { user_prompt: '.prompt', message: '.prompt', text: '.prompt' };

/**
 * The wrong field that a jq filter reads at the top level of the event. Null if the filter reads no wrong field, or if it also reads the
 * field at another path.
 */
function fieldOf({ program, words, payload }: Command, event: string) {
  const fields = isOfTool(event) ? ofTools : event === 'UserPromptSubmit' ? ofPrompts : {};
  const filter = words.find(({ text }) => !text.startsWith('-'))?.value ?? '';
  const plain = words.every(({ text }) => !/^--(arg|argjson|slurpfile|null-input)$|^-[a-zA-Z]*n/.test(text));
  if (program !== 'jq' || !payload || !plain || words.filter(({ text }) => !text.startsWith('-')).length !== 1)
    return null;
  const field = /^\s*\.(\w+)(?![\w[]*\()/.exec(filter)?.[1] ?? '';
  const asksElsewhere = /\btool_|\/\/\s*\.\w/.test(filter.replace(`.${field}`, '')) || filter.includes('.prompt');
  return Object.hasOwn(fields, field) && !asksElsewhere ? { found: `.${field}`, instead: fields[field]! } : null;
}
