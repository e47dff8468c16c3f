import type { Together } from '../dry-run/together.ts';

/**
 * How long hooks still take after a change, by id, in ms. `gone`: the client no longer waits for the hook. Other hooks stay as they are.
 */
export type Left = ReadonlyMap<string, number | 'gone'>;

/** The combined result of several changes: the least of each hook, so that no time is saved twice. */
export function leastOf(all: readonly Left[]): Left {
  const least = new Map<string, number | 'gone'>();
  for (const [id, left] of all.flatMap((one) => [...one])) least.set(id, lesser(least.get(id) ?? left, left));
  return least;
}

const lesser = (a: number | 'gone', b: number | 'gone') => (a === 'gone' || b === 'gone' ? 'gone' : Math.min(a, b));

/**
 * The wait for some hooks of a set if none took longer than `left` allows: until the slowest has ended, based on the measured execution.
 * `waited`: the ids of the hooks that the client waits for.
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
