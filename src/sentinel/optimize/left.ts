import type { Together } from '../dry-run/together.ts';

/**
 * How long each hook still takes after a change, by id, in ms. `gone`: Claude Code no longer waits for the hook. Hooks that are not in
 * the map keep their time.
 */
export type Left = ReadonlyMap<string, number | 'gone'>;

/**
 * The combined result of several changes. If several changes shorten one hook, the shortest time counts, so that no saving counts twice.
 */
export function leastOf(all: readonly Left[]): Left {
  const least = new Map<string, number | 'gone'>();
  for (const [id, left] of all.flatMap((one) => [...one])) least.set(id, lesser(least.get(id) ?? left, left));
  return least;
}

const lesser = (a: number | 'gone', b: number | 'gone') => (a === 'gone' || b === 'gone' ? 'gone' : Math.min(a, b));

/**
 * How long Claude Code would wait for a set of hooks, if each hook took at most its time in `left`. The start and the time of each hook
 * come from a measured execution. `waited`: the ids of the hooks that Claude Code waits for.
 */
export function waitWith({ parts }: Pick<Together, 'parts'>, waited: ReadonlySet<string>, left: Left): number {
  const ends = parts
    .filter(({ id }) => waited.has(id))
    .map(({ id, start_ms, wall_ms }) => {
      const most = left.get(id) ?? wall_ms;
      return most === 'gone' ? 0 : start_ms + Math.min(wall_ms, most);
    });
  return Math.max(0, ...ends);
}
