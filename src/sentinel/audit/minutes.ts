import { median } from '../../stats/robust.ts';
import type { Together } from '../dry-run/together.ts';
import type { Hook } from '../hook.ts';
import { waitWith } from '../optimize/left.ts';
import { type MeasuredSet, type Occasion, occasionsOf } from '../optimize/occasions.ts';
import type { Frequencies } from '../transcripts/frequencies.ts';

/** How many minutes a user waits for the hooks on a day with sessions. Null without transcripts, or if no hook was run. */
export type Often = { minutes_a_day: number | null };

/**
 * How often events happen. `everywhere`: in all projects. `here`: in this project. `here` is used for hooks from this project's settings,
 * because these hooks run only in this project.
 */
export type Use = { everywhere: Frequencies; here: Frequencies };

/**
 * How many minutes per day a user waits. `ofHook`: for one hook. `ofSet`: for one set of hooks. `saved`: how many minutes shorter the wait
 * would be if some hooks took no time.
 */
export type Minutes = {
  ofHook(id: string): number;
  ofSet(set: { event: string; matched: string | null; makespan_ms: number }): number;
  saved(ids: readonly string[]): number;
};

/** The waits for the measured hooks and sets, in minutes per day. Null if the user has no transcripts. */
export function minutesOf(sets: readonly MeasuredSet[], hooks: readonly Hook[], use: Use): Minutes | null {
  if (use.everywhere.days === 0) return null;
  const own = new Set(hooks.filter(({ source }) => source === 'project' || source === 'local').map(({ id }) => id));
  const everywhere = occasionsOf(sets, hooks, use.everywhere.events);
  const here = occasionsOf(sets, hooks, use.here.events);
  const of = (ids: readonly string[]) => (ids.every((id) => own.has(id)) ? here : everywhere);
  const minutes = (occasions: readonly Occasion[], ms: (occasion: Occasion) => number) =>
    occasions.reduce((sum, one) => sum + one.per_day * ms(one), 0) / 60_000;
  return {
    ofHook: (id) =>
      minutes(of([id]), ({ runs, waited }) => median(runs.map((run) => sharesIn(run, waited).get(id) ?? 0))),
    ofSet: ({ event, matched, makespan_ms }) =>
      use.everywhere.events
        .filter((count) => count.event === event && (matched === null || count.matched === matched))
        .reduce((sum, { per_day }) => sum + (per_day * makespan_ms) / 60_000, 0),
    saved: (ids) =>
      minutes(of(ids), ({ runs, waited }) =>
        median(runs.map((run) => waitWith(run, waited, none) - waitWith(run, waited, gone(ids)))),
      ),
  };
}

const none = new Map<string, 'gone'>();
const gone = (ids: readonly string[]) => new Map(ids.map((id) => [id, 'gone'] as const));

/**
 * The wait for hooks that ran in parallel, divided among them, in ms. At each moment, the hooks that are still running share the time
 * equally. The time at the end, when only the slowest hook still runs, counts for the slowest hook alone. The sum of the shares is the
 * wait.
 */
export function sharesIn({ parts }: Pick<Together, 'parts'>, waited: ReadonlySet<string>): Map<string, number> {
  const ends = parts
    .filter(({ id }) => waited.has(id))
    .map(({ id, start_ms, wall_ms }) => ({ id, end: start_ms + wall_ms }))
    .toSorted((a, b) => a.end - b.end);
  const shares = new Map<string, number>();
  let share = 0;
  ends.forEach(({ id, end }, i) => {
    share += (end - (ends[i - 1]?.end ?? 0)) / (ends.length - i);
    shares.set(id, share);
  });
  return shares;
}
