import type { Handler } from '../hook.ts';

/** How Claude Code treats an event's hooks. */
type EventRow = {
  /** The field of the hook's input with which matchers are compared, such as `tool_name`. Null if the event ignores matchers. */
  field: string | null;
  /** All possible values of the field, if they are known. */
  values?: readonly string[];
  /** Types of handlers that always fail on this event. */
  not?: readonly Handler['type'][];
};

const tool: EventRow = { field: 'tool_name' };
const trigger: EventRow = { field: 'trigger', values: ['manual', 'auto'] };
const unfiltered: EventRow = { field: null };

/** Every event of Claude Code 2.1.329, in the order in which a session meets them. */
const events: Record<string, EventRow> = {
  Setup: { field: 'trigger', values: ['init', 'maintenance'], not: ['mcp_tool'] },
  SessionStart: {
    field: 'source',
    values: ['startup', 'resume', 'clear', 'compact', 'fork'],
    not: ['prompt', 'agent'],
  },
  InstructionsLoaded: { field: 'load_reason' },
  UserPromptSubmit: unfiltered,
  UserPromptExpansion: { field: 'command_name' },
  PreToolUse: tool,
  PermissionRequest: { ...tool, not: ['agent'] },
  PermissionDenied: tool,
  PostToolUse: tool,
  PostToolUseFailure: tool,
  PostToolBatch: unfiltered,
  FileChanged: { field: 'file_path' },
  CwdChanged: unfiltered,
  DirectoryAdded: unfiltered,
  WorktreeCreate: unfiltered,
  WorktreeRemove: unfiltered,
  Elicitation: { field: 'mcp_server_name' },
  ElicitationResult: { field: 'mcp_server_name' },
  SubagentStart: { field: 'agent_type' },
  SubagentStop: { field: 'agent_type' },
  TaskCreated: unfiltered,
  TaskCompleted: unfiltered,
  TeammateIdle: unfiltered,
  MessageDisplay: unfiltered,
  Notification: { field: 'notification_type' },
  ConfigChange: { field: 'source' },
  PreModelSwitch: unfiltered,
  PostModelSwitch: unfiltered,
  PreCompact: trigger,
  PostCompact: trigger,
  Stop: unfiltered,
  StopFailure: { field: 'error' },
  SessionEnd: {
    field: 'reason',
    values: ['clear', 'resume', 'logout', 'prompt_input_exit', 'bypass_permissions_disabled', 'other'],
  },
};

export const isEvent = (name: string): boolean => Object.hasOwn(events, name);

/** The row of an event in the table `events`. Undefined for an unknown event. */
export const eventRow = (name: string): EventRow | undefined => (isEvent(name) ? events[name] : undefined);

/** Whether the event is about a tool: only such events support `if`. */
export const isOfTool = (name: string): boolean => eventRow(name)?.field === 'tool_name';

const order = Object.keys(events);

/** The rank of an event in a session, for sorting; unknown events come last. */
export const placeOf = (event: string): number => (isEvent(event) ? order.indexOf(event) : order.length);
