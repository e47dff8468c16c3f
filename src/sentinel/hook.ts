/**
 * The place where a hook is declared: settings of the machine's owner, the user, the project, the local project or the command line; or a
 * plugin, skill or agent.
 */
export type Source = 'managed' | 'user' | 'project' | 'local' | 'flag' | 'plugin' | 'skill' | 'agent';

/** The action that Claude Code performs when the hook's event occurs. Only a handler of type `command` can be run in a cage. */
export type Handler =
  | { type: 'command'; command: string; args: readonly string[] | null; shell: 'bash' | 'powershell'; async: boolean }
  | { type: 'http'; url: string }
  | { type: 'mcp_tool'; server: string; tool: string }
  | { type: 'prompt' | 'agent'; prompt: string }
  /** Type `unknown`: an invalid handler. `written`: the start of its text. Claude Code never runs a hook with such a handler. */
  | { type: 'unknown'; written: string };

/** Why Claude Code never runs a hook. */
export type Dead =
  | { code: 'shape'; expected: string }
  | { code: 'event'; event: string }
  | { code: 'matcher'; matcher: string }
  | { code: 'if' }
  /** Code `type`: on the hook's event, Claude Code runs no handlers of this type. */
  | { code: 'type'; type: Handler['type'] }
  | { code: 'switched_off'; by: string }
  | { code: 'plugin_refused'; detail: string };

/** A hook as Claude Code finds it: one handler in one matcher group of one event. */
export type Hook = {
  /**
   * The id of the hook in all outputs. It consists of the plugin or source, the event, and the script or the handler's number. The id stays
   * the same until the declaration moves.
   */
  id: string;
  source: Source;
  /** The hook's plugin: `name@marketplace`. For a plugin in a folder of plugins, only the name. Null for hooks in settings. */
  plugin: string | null;
  /** The plugin's folder, absolute: `CLAUDE_PLUGIN_ROOT`. */
  root: string | null;
  /** The absolute path of the file that declares the hook. */
  file: string;
  event: string;
  /** The text as written. Null if the declaration has no such text. */
  matcher: string | null;
  if: string | null;
  handler: Handler;
  /** The time-out in seconds. `written`: the author's value, or null. `effective`: the value that Claude Code applies. */
  timeout_s: { written: number | null; effective: number };
  dead: Dead | null;
  /**
   * The id of the hook that runs instead of this hook, because Claude Code runs identical commands of one source only once. Null if no
   * other hook runs instead.
   */
  runs_as: string | null;
};
