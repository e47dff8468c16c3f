import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import type { Baseline } from '../baseline/schema.ts';
import { type Arm, type Subjects, setsFor } from '../dry-run/dry-run.ts';
import { type DryRunOptions, usualOptions } from '../dry-run/options.ts';
import type { KeptHook } from '../store/own-files.ts';
import type { LaidArms } from './arms.ts';
import type { HookChange } from './changes.ts';
import { type Contest, isSettled, type Judged, judgeFamily } from './judge.ts';
import { eventContest, hookContest, type Session, session, subjectsOf, type Unlike } from './session.ts';
import { type EventSubject, eventsOf } from './subjects.ts';

/** Two versions of hooks, ready to be run. `stored`: what was measured before, for hooks whose files are gone; null where none can be. */
export type Contestants = {
  base: readonly KeptHook[];
  current: readonly KeptHook[];
  changes: readonly HookChange[];
  laid: LaidArms;
  stored: Baseline | null;
};

/** `threshold_pct`: from where on a change is a regression; `runs`: pairs in the first session, of which the second has twice as many. */
export type Rules = {
  threshold_pct: number;
  runs: number;
  dry: Pick<DryRunOptions, 'network' | 'state' | 'seed'>;
};

/** A hook or an event with what both sessions say. `session`: which one decided; `in_turn`: false where the old figures were taken before. */
export type Decided = Judged & { session: 1 | 2; in_turn: boolean };

/** What came of it: `last` is the last session in which a hook or a set was run. */
export type Contested = {
  hooks: ReadonlyMap<string, Decided>;
  events: ReadonlyMap<string, Decided>;
  unlike: ReadonlyMap<string, Unlike>;
  subjects: readonly EventSubject[];
  sessions: readonly Session[];
};

/**
 * Measures what changed in two versions of hooks, and judges it. A first session settles what is held; whatever else there is decides a second one
 * from scratch alone, with twice the runs, as one family. What did not change is not run: it would be compared with itself.
 * @throws no_cage, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function contest(contestants: Contestants, rules: Rules, world: World): Promise<Contested> {
  const { changes, laid, stored } = contestants;
  const ids = changes.filter(({ kind }) => kind !== 'same').map(({ id }) => id);
  const sets = { base: setsOf(contestants.base), current: setsOf(contestants.current) };
  const subjects = eventsOf(sets, changes);
  if (ids.length === 0) return { hooks: new Map(), events: new Map(), unlike: new Map(), subjects, sessions: [] };
  const arms = (only: Subjects) => armsOf(contestants, only);
  const run = async (only: Subjects, runs: number, name: string) => {
    const dry = { ...usualOptions, ...rules.dry, runs, traces: 2, seed: `${rules.dry.seed} ${name}` };
    const made = await session(arms(only), dry, world);
    if (made.cage.level === 'none') throw failure('no_cage', { why: made.cage.why });
    return made;
  };
  const first = await run(subjectsOf(ids, subjects), rules.runs, 'first');
  const earlier = stored ? contestsThen(stored, first, { ids, subjects, gone: laid.gone }) : [];
  const open = openAfter(first, { ids, subjects, earlier, threshold_pct: rules.threshold_pct });
  const second =
    open.hooks.length + open.events.length > 0
      ? await run(subjectsOf(open.hooks, open.events), 2 * rules.runs, 'second')
      : null;
  return {
    ...decide({ first, second, ids, subjects, earlier, open }, rules.threshold_pct),
    subjects,
    sessions: second ? [first, second] : [first],
  };
}

const setsOf = (kept: readonly KeptHook[]) =>
  setsFor(
    kept.map(({ hook }) => hook),
    [],
  );

/** The base arm has no hooks where all that changed are gone: then there is nothing that could take turns. */
function armsOf({ base, current, changes, laid }: Contestants, only: Subjects): { base: Arm; current: Arm } {
  const hooksOf = (kept: readonly KeptHook[]) => kept.map(({ hook }) => hook);
  const differing = changes.filter(({ kind }) => kind !== 'same');
  const isGone = differing.every(({ id }) => laid.gone.has(id));
  const inBase = { ...only, hooks: new Set([...only.hooks].filter((id) => !laid.gone.has(id))) };
  return {
    base: { hooks: isGone ? [] : hooksOf(base), files: laid.base, only: inBase },
    current: { hooks: hooksOf(current), files: laid.current, only },
  };
}

type Asked = { ids: readonly string[]; subjects: readonly EventSubject[] };

/** What can be compared only with what was measured then. */
function contestsThen(
  stored: Baseline,
  { current, base }: Session,
  { ids, subjects, gone }: Asked & { gone: ReadonlySet<string> },
): Contest[] {
  const hooks = ids.flatMap((id): Contest[] => {
    const [old, now] = [stored.hooks.find((hook) => hook.id === id), current.hooks.get(id)];
    if (!gone.has(id) || !old || !now || old.runs.length < 2) return [];
    const figures = (figure: 'wall_ms' | 'cpu_ms') => now.runs.map((run) => run[figure]);
    return [
      {
        key: id,
        in_turn: false,
        wall: { base: old.runs, current: figures('wall_ms') },
        cpu: { base: old.cpu, current: figures('cpu_ms') },
      },
    ];
  });
  if (base.sets.size > 0) return hooks;
  const events = subjects.flatMap(({ key, sets }): Contest[] => {
    const old = sets.flatMap((set) => stored.events.find((event) => event.key === set) ?? []);
    const now = sets.flatMap((set) => current.sets.get(set) ?? []);
    if (old.length < sets.length || now.length < sets.length) return [];
    const summed = (all: readonly (readonly number[])[]) =>
      all[0]!.map((_, i) => all.reduce((sum, runs) => sum + (runs[i] ?? 0), 0));
    return [
      {
        key,
        in_turn: false,
        wall: {
          base: summed(old.map(({ runs }) => runs)),
          current: summed(now.map(({ runs }) => runs.map(({ makespan_ms }) => makespan_ms))),
        },
        cpu: {
          base: summed(old.map(({ cpu }) => cpu)),
          current: summed(now.map(({ runs }) => runs.map(({ cpu_ms }) => cpu_ms))),
        },
      },
    ];
  });
  return [...hooks, ...events];
}

type Open = { hooks: string[]; events: EventSubject[] };

/** What the first session leaves open. Where hooks ended unlike each other, a second look must show the same. */
function openAfter(
  first: Session,
  { ids, subjects, earlier, threshold_pct }: Asked & { earlier: readonly Contest[]; threshold_pct: number },
): Open {
  const known = new Set(earlier.map(({ key }) => key));
  const isOpen = (one: Contest | Unlike | undefined) =>
    one !== undefined && (!('key' in one) || !isSettled(one, threshold_pct));
  return {
    hooks: ids.filter((id) => !known.has(id) && isOpen(hookContest(id, first))),
    events: subjects.filter((one) => !known.has(one.key) && isOpen(eventContest(one, first))),
  };
}

type Seen = Asked & { first: Session; second: Session | null; earlier: readonly Contest[]; open: Open };

function decide({ first, second, ids, subjects, earlier, open }: Seen, thresholdPct: number) {
  const hooks = new Map<string, Decided>();
  const events = new Map<string, Decided>();
  const unlike = new Map<string, Unlike>();
  const later = (seen: Session) => ({
    hooks: ids.map((id) => [id, hookContest(id, seen)] as const),
    events: subjects.map((one) => [one.key, eventContest(one, seen)] as const),
  });
  const put = (into: Map<string, Decided>, contests: readonly Contest[], number: 1 | 2) => {
    for (const one of judgeFamily(contests, thresholdPct)) {
      const { in_turn } = contests.find(({ key }) => key === one.key)!;
      into.set(one.key, { ...one, session: number, in_turn });
    }
  };
  const contestsIn = (rows: readonly (readonly [string, Contest | Unlike | undefined])[]) =>
    rows.flatMap(([, one]) => (one !== undefined && 'key' in one ? [one] : []));
  const isOpen = new Set([...open.hooks, ...open.events.map(({ key }) => key)]);
  const settled = (contests: readonly Contest[]) => contests.filter(({ key }) => !isOpen.has(key));
  const inFirst = later(first);
  put(hooks, settled(contestsIn(inFirst.hooks)), 1);
  put(events, settled(contestsIn(inFirst.events)), 1);
  if (second) {
    const inSecond = later(second);
    // one family: hooks and events of the session that decides
    const family = judgeFamily([...contestsIn(inSecond.hooks), ...contestsIn(inSecond.events)], thresholdPct);
    for (const one of family)
      (open.hooks.includes(one.key) ? hooks : events).set(one.key, { ...one, session: 2, in_turn: true });
    for (const [id, one] of inSecond.hooks) if (one !== undefined && !('key' in one)) unlike.set(id, one);
  }
  const isEvent = new Set(subjects.map(({ key }) => key));
  put(
    hooks,
    earlier.filter(({ key }) => !isEvent.has(key)),
    1,
  );
  put(
    events,
    earlier.filter(({ key }) => isEvent.has(key)),
    1,
  );
  return { hooks, events, unlike };
}
