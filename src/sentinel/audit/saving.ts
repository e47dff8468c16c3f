import { median } from '../../stats/robust.ts';
import type { EventDryRun } from '../dry-run/result.ts';
import type { Together } from '../dry-run/together.ts';

/**
 * The most that a change of these hooks can save, in ms: how much shorter the wait would be if the hooks took no time. The savings at all
 * events that run these hooks are added. Null if no event ran these hooks.
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
