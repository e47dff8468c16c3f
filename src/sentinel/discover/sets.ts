import type { Hook } from '../hook.ts';
import { eventRow, isOfTool, placeOf } from './events.ts';
import { meaningOf, toolNames } from './matcher.ts';
import { runningTogether } from './matches.ts';

/** The ids of hooks that Claude Code runs at the same time. `values`: the values for which these hooks run, such as the names of tools. */
export type Together = { event: string; values: string[]; hooks: string[] };

/**
 * The sets of hooks that run in parallel. The events are in the order of a session, and the largest set of each event comes first. To find
 * the sets, `setsOf` tries all values that matchers can be compared with, such as the names of tools. If not all of these values are known,
 * `setsOf` tries the names in matchers and Claude Code's own tools. An event that ignores matchers has one set without values.
 */
export function setsOf(hooks: readonly Hook[]): Together[] {
  const events = [...new Set(hooks.filter(({ dead }) => dead === null).map(({ event }) => event))];
  return events.sort((a, b) => placeOf(a) - placeOf(b)).flatMap((event) => setsOfEvent(event, hooks));
}

function setsOfEvent(event: string, hooks: readonly Hook[]): Together[] {
  const sets = new Map<string, Together>();
  for (const value of valuesOf(event, hooks)) {
    const ids = runningTogether(hooks, { event, value }).map(({ id }) => id);
    const set = sets.get(ids.join('\n')) ?? { event, values: [], hooks: ids };
    sets.set(ids.join('\n'), { ...set, values: value === '' ? set.values : [...set.values, value] });
  }
  return [...sets.values()].filter((set) => set.hooks.length > 0).sort((a, b) => b.hooks.length - a.hooks.length);
}

/** The values with which the matchers of an event are compared. `''` stands for a value that no matcher names. */
function valuesOf(event: string, hooks: readonly Hook[]): string[] {
  const row = eventRow(event);
  if (row?.field === null) return [''];
  if (row?.values) return [...row.values];
  const named = hooks.flatMap((hook) => {
    const meaning = hook.event === event && hook.dead === null ? meaningOf(event, hook.matcher) : null;
    return meaning !== null && typeof meaning === 'object' && 'names' in meaning ? meaning.names : [];
  });
  const known = isOfTool(event) ? toolNames : [];
  return [...new Set([...named.filter((name) => name !== ''), ...known, ''])];
}
