/** Events of one tool call: their matchers are names of tools. */
export const toolEvents: readonly string[] = [
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PermissionRequest',
  'PermissionDenied',
];

/** Events that hold the session up until their slowest hook has ended, for as long as the hook's time-out allows. */
export const blockingEvents: readonly string[] = [
  ...toolEvents,
  'SessionStart',
  'Setup',
  'UserPromptSubmit',
  'UserPromptExpansion',
  'PostToolBatch',
  'SubagentStart',
  'SubagentStop',
  'Stop',
  'PreCompact',
];

/** All SessionEnd hooks together have this long, in seconds; the time-out of a plugin's hook does not change it. */
export const sessionEndBudget = 1.5;

/** Whether a matcher takes everything: left out, empty, `*`. */
export const takesAll = (matcher: string | null): boolean => matcher === null || /^\*?$/.test(matcher);

/** The names that a matcher lists; null for a regular expression, and for one that takes everything. */
export const namesOf = (matcher: string | null): string[] | null =>
  takesAll(matcher) || !/^[\w\- ,|]+$/.test(matcher!) ? null : matcher!.split(/[|,]/).map((name) => name.trim());
