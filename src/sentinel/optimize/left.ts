import type { Together } from '../dry-run/together.ts';

/**
 * What a change leaves of hooks, by their ids: how long each still takes, in ms. `gone`: nobody waits for it any more. Hooks that are not
 * named stay as they are.
 */
export type Left = ReadonlyMap<string, number | 'gone'>;

/** What several changes leave: of each hook the least. No two changes save the same time twice. */
export function leastOf(all: readonly Left[]): Left {
  const least = new Map<string, number | 'gone'>();
  for (const [id, left] of all.flatMap((one) => [...one])) least.set(id, lesser(least.get(id) ?? left, left));
  return least;
}

const lesser = (a: number | 'gone', b: number | 'gone') => (a === 'gone' || b === 'gone' ? 'gone' : Math.min(a, b));

/**
 * How long a person would have waited for some of the hooks of a set, had each taken no longer than what is left of it: until the slowest
 * had ended, as in the execution that was measured. `waited`: the ids of the hooks that the client waits for.
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
