/** What a client tells a hook, as far as it is used. Anything that is missing or of another kind is empty. */
export type HookInput = {
  session: string;
  /** Null in the main conversation. */
  subagent: string | null;
  cwd: string;
  /** Background tasks that the client will report on by itself. */
  background: number;
  /** How a session began: startup, resume, clear, compact, fork. */
  source: string;
  /** The file of the conversation. */
  transcript: string;
  prompt: string;
  tool: string;
  toolInput: Record<string, unknown>;
  command: { name: string; args: string };
};

/** Reads a hook’s stdin. Never throws: what cannot be read says nothing. */
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

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
