import { budgets } from '../audit/score.ts';

const ofEvent: Readonly<Record<string, number>> = {
  PreToolUse: budgets.edit.ms,
  PostToolUse: budgets.edit.ms,
  UserPromptSubmit: budgets.prompt.ms,
  SessionStart: budgets.session_start.ms,
  Stop: budgets.turn_end.ms,
};

/** How long a person may wait for an event, in ms; null for one that has no budget. */
export const budgetOf = (event: string): number | null => (Object.hasOwn(ofEvent, event) ? ofEvent[event]! : null);

/** Whether a budget is drawn: it is left out where it would press all values into a corner. */
export const isInReach = (budget: number | null, most: number): budget is number =>
  budget !== null && budget <= 3 * most;
