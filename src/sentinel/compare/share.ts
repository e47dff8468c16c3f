import { median } from '../../stats/robust.ts';
import type { EventDryRun } from '../dry-run/result.ts';
import type { Together } from '../dry-run/together.ts';

/** One event of both arms, run in turn: index i of both is a pair. `waitsFor`: whether the client waits for a hook. */
export type Both = { base: EventDryRun; current: EventDryRun; waitsFor: (id: string) => boolean };

/**
 * A hook's share in the change of an event, in ms: the makespan, minus the makespan with the hook as it was (or without a new hook).
 * Hooks run in parallel, so shares need not add up. How a hook slows others is not included.
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
