/**
 * The source of a hook: settings of the machine's owner, user, project, local project or command line, or a plugin,
 * skill or agent.
 */
export type Source = 'managed' | 'user' | 'project' | 'local' | 'flag' | 'plugin' | 'skill' | 'agent';

/** The action of the client when the hook's event occurs. Only a command can be run dry. */
export type Handler =
  | { type: 'command'; command: string; args: readonly string[] | null; shell: 'bash' | 'powershell'; async: boolean }
  | { type: 'http'; url: string }
  | { type: 'mcp_tool'; server: string; tool: string }
  | { type: 'prompt' | 'agent'; prompt: string }
  /** A handler of no known type: the start of its text. Such a hook is dead. */
  | { type: 'unknown'; written: string };

/** Why the client never runs a hook. */
export type Dead =
  | { code: 'shape'; expected: string }
  | { code: 'event'; event: string }
  | { code: 'matcher'; matcher: string }
  | { code: 'if' }
  /** The client does not run handlers of this type on this event. */
  | { code: 'type'; type: Handler['type'] }
  | { code: 'switched_off'; by: string }
  | { code: 'plugin_refused'; detail: string };

/** A hook as the client finds it: one handler in one matcher group of one event. */
export type Hook = {
  /**
   * Identifies the hook in all outputs: the plugin or source, the event, and the script or the handler's number. Stable
   * until the declaration moves.
   */
  id: string;
  source: Source;
  /** `name@marketplace`, or the name alone for a folder of plugins; null for hooks in settings. */
  plugin: string | null;
  /** The plugin's folder, absolute: `CLAUDE_PLUGIN_ROOT`. */
  root: string | null;
  /** The file that declares it, absolute. */
  file: string;
  event: string;
  /** As written; null if absent. */
  matcher: string | null;
  if: string | null;
  handler: Handler;
  /** In seconds: `written` by the author, or null; `effective` is the one that the client applies. */
  timeout_s: { written: number | null; effective: number };
  dead: Dead | null;
  /**
   * The id of the hook that runs instead of this one, because the client runs identical commands of one source once.
   */
  runs_as: string | null;
};
