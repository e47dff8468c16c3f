import { runningTogether } from '../discover/matches.ts';
import { type CommandHook, isRunnable } from '../dry-run/runnable.ts';
import type { Together } from '../dry-run/together.ts';
import type { Hook } from '../hook.ts';
import type { EventCounts } from './frequencies.ts';

/**
 * An event with one set of hooks. `matched`: all matcher values for which exactly these hooks run. The list is empty if the event has no
 * matcher values. `per_day`: how often the event happens with one of these values on a day. `waited`: the hooks that Claude Code waits for.
 * `runs`: the executions of the smallest measured set that contains all these hooks.
 */
export type Occasion = {
  event: string;
  matched: readonly string[];
  per_day: number;
  waited: ReadonlySet<string>;
  runs: readonly Together[];
};

/** Hooks of one event that were run in parallel: their ids, and the measured executions. */
export type MeasuredSet = {
  event: string;
  matched: string | null;
  hooks: readonly string[];
  runs: readonly Together[];
};

/**
 * For each event in `counts`, finds the measured set that contains the hooks of this event. An event that was measured but is not in
 * `counts` has a `per_day` of 0. Events whose hooks are in no measured set are left out, because their cost is unknown.
 */
export function occasionsOf(events: readonly MeasuredSet[], hooks: readonly Hook[], counts: EventCounts): Occasion[] {
  const found = new Map<string, Occasion>();
  const measured = events.map(({ event, matched }) => ({ event, matched, per_day: 0 }));
  for (const { event, matched, per_day } of [...measured, ...counts]) {
    const ids = runningTogether(hooks, { event, value: matched ?? '' })
      .filter(isRunnable)
      .filter(isWaited)
      .map(({ id }) => id);
    const set = smallestWith(events, event, ids);
    if (ids.length === 0 || !set) continue;
    const key = [event, ...ids].join('\n');
    const known = found.get(key) ?? { event, matched: [], per_day: 0, waited: new Set(ids), runs: set.runs };
    const values = matched === null || known.matched.includes(matched) ? known.matched : [...known.matched, matched];
    found.set(key, { ...known, matched: values, per_day: known.per_day + per_day });
  }
  return [...found.values()];
}

const isWaited = ({ handler }: CommandHook) => !handler.async;

function smallestWith(events: readonly MeasuredSet[], event: string, ids: readonly string[]): MeasuredSet | undefined {
  return events
    .filter((set) => set.event === event && set.runs.length > 0 && ids.every((id) => set.hooks.includes(id)))
    .toSorted((a, b) => a.hooks.length - b.hooks.length)[0];
}
