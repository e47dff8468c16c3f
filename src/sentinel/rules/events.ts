import { isOfTool } from '../discover/events.ts';

const others = [
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

/** Whether an event holds the session up until its slowest hook has ended, for as long as the hook's time-out allows. */
export const holdsUp = (event: string): boolean => isOfTool(event) || others.includes(event);

/** All SessionEnd hooks together have this long, in seconds; the time-out of a plugin's hook does not change it. */
export const sessionEndBudget = 1.5;
