import type { Severity } from '../rules/rule.ts';

/** The waits of a user, in ms. Each wait lasts until the slowest hook has ended. A wait whose hooks were not run is null. */
export type Waits = {
  edit: number | null;
  prompt: number | null;
  session_start: number | null;
  turn_end: number | null;
};

type Set = { event: string; matched: string | null; makespan_ms: number };

/**
 * How long a user waits for hooks at an edit, at a prompt, at the start of a session and at the end of a turn. The wait at an edit is the
 * sum of two waits: for the event before the edit, and for the event after it.
 */
export function waitsOf(events: readonly Set[]): Waits {
  const of = (event: string, matched?: string) =>
    events.find((set) => set.event === event && (matched === undefined || set.matched === matched))?.makespan_ms ??
    null;
  const edits = [of('PreToolUse', 'Edit'), of('PostToolUse', 'Edit')].filter((wait) => wait !== null);
  return {
    edit: edits.length === 0 ? null : edits.reduce((sum, wait) => sum + wait, 0),
    prompt: of('UserPromptSubmit'),
    session_start: of('SessionStart', 'startup'),
    turn_end: of('Stop'),
  };
}

/** The budget of each wait in ms, and the points that each doubling of the time beyond the budget costs. */
export const budgets: Readonly<Record<keyof Waits, { ms: number; weight: number }>> = {
  edit: { ms: 100, weight: 12 },
  prompt: { ms: 100, weight: 8 },
  session_start: { ms: 500, weight: 8 },
  turn_end: { ms: 500, weight: 4 },
};

const ofEvent: Readonly<Record<string, number>> = {
  PreToolUse: budgets.edit.ms,
  PostToolUse: budgets.edit.ms,
  UserPromptSubmit: budgets.prompt.ms,
  SessionStart: budgets.session_start.ms,
  Stop: budgets.turn_end.ms,
};

/** The budget of an event, in ms. Null for an event that has no budget. */
export const budgetOf = (event: string): number | null => (Object.hasOwn(ofEvent, event) ? ofEvent[event]! : null);

const weights: Readonly<Record<Severity, number>> = { high: 8, medium: 4, low: 1 };

/** The largest number of points that waits can cost, and the largest number that findings can cost. */
const MOST = { waits: 60, findings: 40 };

/**
 * A score from 0 to 100: 100 − min(60, Σ weight · log2(max(1, wait ÷ budget))) − min(40, 8 · high + 4 · medium + low). Hooks that were not
 * run cost no points, so the coverage is shown next to the score.
 */
export function scoreOf(waits: Waits, findings: readonly { severity: Severity }[]): number {
  const waited = Object.entries(budgets).reduce((sum, [of, { ms, weight }]) => {
    const wait = waits[of as keyof Waits];
    return sum + (wait === null ? 0 : weight * Math.log2(Math.max(1, wait / ms)));
  }, 0);
  const found = findings.reduce((sum, { severity }) => sum + weights[severity], 0);
  return Math.round(100 - Math.min(MOST.waits, waited) - Math.min(MOST.findings, found));
}

export type Grade = 'A+' | 'A' | 'B' | 'C' | 'D' | 'F';

/** The lowest score of each grade, and the grade in words. */
const grades: readonly (readonly [from: number, grade: Grade, words: string])[] = [
  [95, 'A+', 'exceptional'],
  [90, 'A', 'excellent'],
  [80, 'B', 'good'],
  [60, 'C', 'acceptable'],
  [40, 'D', 'needs improvement'],
  [Number.NEGATIVE_INFINITY, 'F', 'needs improvement'],
];

export function gradeOf(score: number): { grade: Grade; words: string } {
  const [, grade, words] = grades.find(([from]) => score >= from)!;
  return { grade, words };
}
