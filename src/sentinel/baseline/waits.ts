import { type Spread, spreadOf } from '../benchmark/grade.ts';
import type { EventDryRun } from '../dry-run/result.ts';
import type { Baseline, Statistics } from './schema.ts';

/** Each wait of a user, with the sets of hooks that run one after the other during the wait. */
const parts = {
  session_startup: [{ event: 'SessionStart', matched: 'startup' }],
  edit_cycle: [
    { event: 'PreToolUse', matched: 'Edit' },
    { event: 'PostToolUse', matched: 'Edit' },
  ],
  prompt: [{ event: 'UserPromptSubmit', matched: null }],
  turn_end: [{ event: 'Stop', matched: null }],
} as const;

export type Wait = keyof typeof parts;
export const waits = Object.keys(parts) as Wait[];

/** The sets of hooks of one wait. */
export const setsOfWait = <Set extends Pick<EventDryRun, 'event' | 'matched'>>(
  wait: Wait,
  sets: readonly Set[],
): Set[] =>
  parts[wait].flatMap(({ event, matched }) => sets.filter((set) => set.event === event && set.matched === matched));

/** How long the wait was in each execution, in ms. Undefined if no set of the wait was run. */
function runsOfWait(
  wait: Wait,
  sets: readonly (Pick<EventDryRun, 'event' | 'matched'> & { runs: readonly number[] })[],
): number[] | undefined {
  const [first, ...others] = setsOfWait(wait, sets).map(({ runs }) => runs);
  return first?.map((ms, i) => others.reduce((sum, runs) => sum + (runs[i] ?? 0), ms));
}

export function measurementsOf(
  sets: readonly (Pick<EventDryRun, 'event' | 'matched'> & { runs: readonly number[] })[],
): Baseline['measurements'] {
  const of = (wait: Wait) => {
    const runs = runsOfWait(wait, sets);
    return runs && runs.length > 0 ? statisticsOf(runs, spreadOf(runs)) : null;
  };
  return {
    session_startup: of('session_startup'),
    edit_cycle: of('edit_cycle'),
    prompt: of('prompt'),
    turn_end: of('turn_end'),
  };
}

const statisticsOf = (runs: number[], { mean, sd, p50, p95, p99 }: Spread): Statistics => ({
  runs,
  mean,
  stddev: sd,
  p50,
  p95,
  p99,
});
