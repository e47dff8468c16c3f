import { median } from '../../stats/robust.ts';
import type { EventDryRun } from '../dry-run/result.ts';
import type { Together } from '../dry-run/together.ts';

/** One event of both arms, run in turn: index i of both is a pair. `waitsFor`: whether the client waits for a hook. */
export type Both = { base: EventDryRun; current: EventDryRun; waitsFor: (id: string) => boolean };

/**
 * How much of an event's change one hook makes, in ms: what the makespan would be with the hook as it was (or without it, where it is new), taken
 * from what it is. Hooks run in parallel, so that the shares of several need not add up. What a hook does to the speed of others is not in it.
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
