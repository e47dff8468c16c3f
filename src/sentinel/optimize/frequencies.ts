import type { World } from '../../core/world.ts';
import { DAYS, frequencies } from '../transcripts/frequencies.ts';

/**
 * How often each event happens on a day with sessions. `matched`: the value that matchers are compared with. Null for events that ignore
 * matchers.
 */
export type EventCounts = readonly { event: string; matched: string | null; per_day: number }[];

/**
 * How often events happen. `everywhere`: in all projects. `here`: in this project, for hooks that only this project has. `from`: the source
 * of the numbers, which is the user's transcripts, the monitor's store, or an assumed day. `days`: how many days with sessions were
 * counted.
 */
export type Frequencies = { everywhere: EventCounts; here: EventCounts } & (
  | { from: 'transcripts' | 'monitor'; days: number }
  | { from: 'usual_day'; days: null }
);

/** The frequencies from the user's transcripts. Without transcripts, the frequencies of an assumed day. */
export function frequenciesOf({ cwd, env, clock }: World): Frequencies {
  const of = (projects: 'all' | 'project') => frequencies({ cwd, env }, clock, DAYS, projects);
  const all = of('all');
  if (all.days === 0) return { from: 'usual_day', days: null, everywhere: usualDay, here: usualDay };
  return { from: 'transcripts', days: all.days, everywhere: all.events, here: of('project').events };
}

const calls: Readonly<Record<string, number>> = { Read: 120, Bash: 100, Edit: 60, Grep: 40, Write: 15, WebFetch: 5 };

/** An assumed day, for users without transcripts: 5 sessions with 8 prompts each, and an agent's usual tool calls. */
export const usualDay: EventCounts = [
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
];
