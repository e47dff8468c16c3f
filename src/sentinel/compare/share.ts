import { median } from '../../stats/robust.ts';
import type { EventDryRun } from '../dry-run/result.ts';
import type { Together } from '../dry-run/together.ts';

/**
 * The executions of one event in both arms. The arms ran alternately, and the executions with the same index are a pair. `waitsFor`:
 * whether Claude Code waits for a hook.
 */
export type Both = { base: EventDryRun; current: EventDryRun; waitsFor: (id: string) => boolean };

/**
 * A hook's share in the change of an event, in ms. The makespan is the time until the slowest hook has ended. The share is the new makespan
 * minus the makespan with the old time of this hook. For a new hook, the share is the new makespan minus the makespan without this hook.
 * Hooks run in parallel, so the sum of the shares can differ from the change. The share does not include the time by which this hook slows
 * other hooks.
 */
export function shareOf(id: string, { base, current, waitsFor }: Both): number {
  const differences = current.runs.map((run, i) => {
    const old = base.runs[i]?.parts.find((part) => part.id === id);
    const others = run.parts.filter((part) => part.id !== id);
    return endOf(run.parts, waitsFor) - endOf(old ? [...others, old] : others, waitsFor);
  });
  return differences.length === 0 ? 0 : median(differences);
}

const endOf = (parts: Together['parts'], waitsFor: (id: string) => boolean) =>
  Math.max(0, ...parts.filter(({ id }) => waitsFor(id)).map(({ start_ms, wall_ms }) => start_ms + wall_ms));
