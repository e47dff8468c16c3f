/** The protocol of the client's hooks: the events, the client's JSON on stdin, and the JSON that a hook prints. */

/** The events that perf-gate handles. The key is the argument of `perf-gate hook`, and the value is the client's name of the event. */
export const events = {
  stop: 'Stop',
  'session-start': 'SessionStart',
  'user-prompt-submit': 'UserPromptSubmit',
  'user-prompt-expansion': 'UserPromptExpansion',
  'pre-tool-use': 'PreToolUse',
} as const;

export type HookEvent = keyof typeof events;

/** The fields of the client's JSON that perf-gate uses. A field that is missing, or has the wrong type, counts as empty. */
export type HookInput = {
  session: string;
  /** The id of the sub-agent that caused the event. Null in the main conversation. */
  subagent: string | null;
  cwd: string;
  /** The number of background tasks whose end the client will report to the agent. */
  background: number;
  /** How a session began: `startup`, `resume`, `clear`, `compact` or `fork`. */
  source: string;
  /** The file that holds the conversation. */
  transcript: string;
  prompt: string;
  tool: string;
  toolInput: Record<string, unknown>;
  /** The slash command that the user typed. */
  command: { name: string; args: string };
};

/** Parses a hook's stdin. Never throws: if the text is not a JSON object, all fields are empty. */
export function readInput(text: string): HookInput {
  const raw = object(json(text));
  const words = (name: string) => (typeof raw[name] === 'string' ? raw[name] : '');
  return {
    session: words('session_id'),
    subagent: words('agent_id') || null,
    cwd: words('cwd'),
    background: Array.isArray(raw.background_tasks) ? raw.background_tasks.length : 0,
    source: words('source'),
    transcript: words('transcript_path'),
    prompt: words('prompt'),
    tool: words('tool_name'),
    toolInput: object(raw.tool_input),
    command: { name: words('command_name'), args: words('command_args') },
  };
}

/** The JSON that a hook prints. */
export const answers = {
  /**
   * The object that keeps the agent from ending its turn, and gives the agent a text. A newer client gets the text as additional context,
   * and an older client gets it as the reason for blocking. `transcript`: the first bytes of the file that holds the conversation.
   */
  goOn: (text: string, transcript: string): object =>
    hasContextAtStop(transcript) ? answers.context('stop', text) : { decision: 'block', reason: text },
  context: (event: HookEvent, additionalContext: string): object => ({
    hookSpecificOutput: { hookEventName: events[event], additionalContext },
  }),
  deny: (permissionDecisionReason: string): object => ({
    hookSpecificOutput: {
      hookEventName: events['pre-tool-use'],
      permissionDecision: 'deny',
      permissionDecisionReason,
    },
  }),
  /** Shows a message to the user; the model does not see it. */
  tellUser: (systemMessage: string): object => ({ systemMessage }),
};

/** The first version of Claude Code that accepts additional context from a Stop hook. */
const SINCE = [2, 1, 163];

/** Whether the client's version in the transcript is at least `SINCE`. True if the transcript names no version. */
function hasContextAtStop(transcript: string): boolean {
  const found = /"version":"(\d+)\.(\d+)\.(\d+)/.exec(transcript);
  if (!found) return true;
  const version = found.slice(1).map(Number);
  const at = SINCE.findIndex((part, i) => part !== version[i]);
  return at < 0 || version[at]! > SINCE[at]!;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
