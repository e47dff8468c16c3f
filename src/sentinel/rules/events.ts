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

/** Whether the session waits until the slowest hook of the event has ended. The wait is limited by that hook's time-out. */
export const holdsUp = (event: string): boolean => isOfTool(event) || others.includes(event);

/** The time in seconds that all SessionEnd hooks share. The time-out of a plugin's hook does not change this time. */
export const sessionEndBudget = 1.5;
