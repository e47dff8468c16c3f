/** Where a hook is declared; settings of a person, of a project, of one's own in a project, of a command line, of the machine's owner, or what is loaded. */
export type Source = 'managed' | 'user' | 'project' | 'local' | 'flag' | 'plugin' | 'skill' | 'agent';

/** What the client does when a hook's event comes. Only a command can be run dry. */
export type Handler =
  | { type: 'command'; command: string; args: readonly string[] | null; shell: 'bash' | 'powershell'; async: boolean }
  | { type: 'http'; url: string }
  | { type: 'mcp_tool'; server: string; tool: string }
  | { type: 'prompt' | 'agent'; prompt: string }
  /** What no client understands: the start of what is written there. Such a hook is dead. */
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

/** A hook as the client finds it: one handler, in one group of matchers, of one event. */
export type Hook = {
  /** Names it in all outputs: the plugin or the source, the event, and the script or the number of the handler. The same as long as it stands where it does. */
  id: string;
  source: Source;
  /** `name@marketplace`, or the name alone for a folder of plugins; null for what settings declare. */
  plugin: string | null;
  /** The plugin's folder, absolute: `CLAUDE_PLUGIN_ROOT`. */
  root: string | null;
  /** The file that declares it, absolute. */
  file: string;
  event: string;
  /** As written; null where there is none. */
  matcher: string | null;
  if: string | null;
  handler: Handler;
  /** In seconds: `written` by the author, or null; `effective` is what the client keeps to. */
  timeout_s: { written: number | null; effective: number };
  dead: Dead | null;
  /** The id of the hook that runs in its place, because the client runs the same command of one source once. */
  runs_as: string | null;
};
