import type { PlanStep, PlanWeek } from '../report/plan.ts';

/** How many working days a step takes, for each effort. */
export type Days = { small: number; medium: number; large: number };

/** Default assumptions. The plan states them, and the user can replace them. */
export const usualDays: Days = { small: 0.5, medium: 2, large: 5 };

/** Working days in a week. */
const WEEK = 5;

/**
 * The weeks in which the remaining steps end, if one person does these steps in order. A step of unknown effort counts as
 * medium.
 */
export function timelineOf(steps: readonly PlanStep[], days: Days): PlanWeek[] {
  const weeks = new Map<number, PlanWeek>();
  let spent = 0;
  for (const [i, { effort, outcome, measured, left }] of steps.entries()) {
    if (measured || outcome) continue;
    spent += days[effort ?? 'medium'];
    const week = Math.max(1, Math.ceil(spent / WEEK));
    weeks.set(week, { week, steps: [...(weeks.get(week)?.steps ?? []), i + 1], days: spent, left });
  }
  return [...weeks.values()];
}
