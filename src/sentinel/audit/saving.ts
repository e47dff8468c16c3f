import { median } from '../../stats/robust.ts';
import type { EventDryRun } from '../dry-run/result.ts';
import type { Together } from '../dry-run/together.ts';

/**
 * How much shorter the wait would be if these hooks took no time, in ms, summed over all events that run them. For one event, this is the
 * makespan of the whole set, minus the makespan of the set without these hooks. No change to these hooks can save more. Null if no event
 * ran these hooks.
 */
export function savingOf(ids: readonly string[], events: readonly EventDryRun[]): number | null {
  const concerned = events.filter(({ hooks }) => hooks.some((id) => ids.includes(id)));
  if (concerned.length === 0) return null;
  return concerned.reduce((sum, { runs }) => sum + median(runs.map((run) => savedIn(run, ids))), 0);
}

function savedIn({ makespan_ms, parts }: Together, ids: readonly string[]): number {
  const others = parts.filter(({ id }) => !ids.includes(id)).map(({ start_ms, wall_ms }) => start_ms + wall_ms);
  return Math.max(0, makespan_ms - Math.max(0, ...others));
}
