/** How often an event happens in a day of work. `matched`: the value that matchers are compared with; null where the event has none. */
export type EventCount = { event: string; matched: string | null; per_day: number };

export type EventCounts = readonly EventCount[];

/** Where the counts come from: the transcripts of so many days with sessions, or nobody's day in particular. */
export type Frequencies = { from: 'transcripts'; days: number; counts: EventCounts } | UsualDay;

type UsualDay = { from: 'usual_day'; counts: EventCounts };

const calls: Readonly<Record<string, number>> = { Read: 120, Bash: 100, Edit: 60, Grep: 40, Write: 15, WebFetch: 5 };

/** A day of our own making, for those whose transcripts say nothing: 5 sessions with 8 prompts each, and what an agent does then. */
export const usualDay: UsualDay = {
  from: 'usual_day',
  counts: [
    { event: 'SessionStart', matched: 'startup', per_day: 5 },
    { event: 'UserPromptSubmit', matched: null, per_day: 40 },
    ...Object.entries(calls).flatMap(([matched, per_day]) => [
      { event: 'PreToolUse', matched, per_day },
      { event: 'PostToolUse', matched, per_day },
    ]),
    { event: 'Stop', matched: null, per_day: 40 },
    { event: 'SubagentStop', matched: null, per_day: 5 },
    { event: 'Notification', matched: null, per_day: 10 },
    { event: 'PreCompact', matched: 'auto', per_day: 2 },
    { event: 'SessionEnd', matched: 'other', per_day: 5 },
  ],
};
