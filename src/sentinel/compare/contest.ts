import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import type { Baseline } from '../baseline/schema.ts';
import { type Arm, type Subjects, setsFor } from '../dry-run/dry-run.ts';
import { type DryRunOptions, usualOptions } from '../dry-run/options.ts';
import type { KeptHook } from '../store/own-files.ts';
import type { LaidArms } from './arms.ts';
import { type HookChange, isAwaited } from './changes.ts';
import { type Contest, isSettled, type Judged, judgeFamily } from './judge.ts';
import { pairsOfSecond } from './second-session.ts';
import { eventContest, hookContest, type Session, session, type Unlike } from './session.ts';
import { storedContests } from './stored.ts';
import { type EventSubject, eventsOf } from './subjects.ts';

/**
 * Two versions of hooks, ready to be run. `stored`: earlier measurements, which are used for hooks whose old files are gone. Null without
 * earlier measurements.
 */
export type Contestants = {
  base: readonly KeptHook[];
  current: readonly KeptHook[];
  changes: readonly HookChange[];
  laid: LaidArms;
  stored: Baseline | null;
};

/**
 * The settings of a comparison. `threshold_pct`: the smallest slowdown, in per cent, that is a regression. `runs`: the number of pairs of
 * the first session. The second session has more pairs.
 */
export type Rules = { threshold_pct: number; runs: number; dry: Pick<DryRunOptions, 'network' | 'state' | 'strace'> };

/**
 * Whether a hook or an event became slower. `session`: the number of the measurement session that decided this. `in_turn`: false if the old
 * times were measured earlier.
 */
export type Decided = Judged & { session: 1 | 2; in_turn: boolean };

/**
 * The results of a comparison, by the id of each hook and the key of each event. `unlike`: hooks that ended differently in the two arms.
 * The times of these hooks cannot be compared.
 */
export type Contested = {
  decided: ReadonlyMap<string, Decided>;
  unlike: ReadonlyMap<string, Unlike>;
  subjects: readonly EventSubject[];
  sessions: readonly Session[];
  /** The number of pairs in the first and in the second session; 0 for a session that was not run. */
  pairs: [number, number];
};

/**
 * Measures two versions of hooks, and judges for each hook and event whether it became slower (a contest of two arms). The first session
 * decides only contests in which nothing became slower. A second session decides all others. It has more executions and its own family of
 * tests, and does not use the data of the first session. Unchanged hooks are not run. `seed` determines the order.
 * @throws no_cage, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function contest(contestants: Contestants, rules: Rules, seed: string, world: World): Promise<Contested> {
  const { base, current, changes, laid, stored } = contestants;
  const ids = changes.filter(({ kind }) => kind !== 'same').map(({ id }) => id);
  const subjects = eventsOf({ base: setsOf(base), current: setsOf(current) }, changes);
  if (ids.length === 0) return { decided: new Map(), unlike: new Map(), subjects, sessions: [], pairs: [0, 0] };
  const run = async (asked: Asked, runs: number, name: string) => {
    const dry = { ...usualOptions, ...rules.dry, runs, traces: 2, seed: `${seed} ${name}` };
    const made = await session(armsOf(contestants, subjectsOf(asked)), dry, world);
    if (made.cage.level === 'none') throw failure('no_cage', { why: made.cage.why });
    return made;
  };
  const all = { ids, subjects };
  const first = await run(all, rules.runs, 'first');
  const earlier = stored ? storedContests(stored, first, { ...all, gone: laid.gone }) : [];
  const added = new Set(changes.filter((one) => one.kind === 'new' && isAwaited(one)).map(({ id }) => id));
  const seen = contestsOf(first, all, added);
  const open = openOf(all, seen, rules.threshold_pct);
  const isOpen = new Set([...open.ids, ...open.subjects.map(({ key }) => key)]);
  const contests = [...seen.values()].filter(isContest);
  const settled = contests.filter(({ key }) => !isOpen.has(key));
  const left = contests.filter(({ key }) => isOpen.has(key));
  const more = pairsOfSecond(left, rules.threshold_pct, rules.runs);
  const second = isOpen.size > 0 ? await run(open, more, 'second') : null;
  const again = second ? contestsOf(second, open, added) : new Map<string, Contest | Unlike>();
  const judged = (family: readonly Contest[], number: 1 | 2) =>
    judgeFamily(family, rules.threshold_pct).map((one, i): [string, Decided] => [
      one.key,
      { ...one, session: number, in_turn: family[i]!.in_turn },
    ]);
  return {
    decided: new Map([
      ...judged(settled, 1),
      ...judged(earlier, 1),
      ...judged([...again.values()].filter(isContest), 2),
    ]),
    unlike: new Map([...again].flatMap(([key, one]): [string, Unlike][] => (isContest(one) ? [] : [[key, one]]))),
    subjects,
    sessions: second ? [first, second] : [first],
    pairs: [rules.runs, second ? more : 0],
  };
}

const setsOf = (kept: readonly KeptHook[]) => {
  const hooks = kept.map(({ hook }) => hook);
  return setsFor(hooks, []);
};

/** The hooks and events that a session measures. */
type Asked = { ids: readonly string[]; subjects: readonly EventSubject[] };

const subjectsOf = ({ ids, subjects }: Asked): Subjects => ({
  hooks: new Set(ids),
  sets: new Set(subjects.flatMap(({ sets }) => [...sets.base, ...sets.current])),
});

/** Both arms. If the old files of all changed hooks are gone, no old hook could run, so the base arm has no hooks. */
function armsOf({ base, current, changes, laid }: Contestants, only: Subjects): { base: Arm; current: Arm } {
  const hooksOf = (kept: readonly KeptHook[]) => kept.map(({ hook }) => hook);
  const isGone = changes.every(({ id, kind }) => kind === 'same' || laid.gone.has(id));
  const inBase = { ...only, hooks: new Set([...only.hooks].filter((id) => !laid.gone.has(id))) };
  return {
    base: { hooks: isGone ? [] : hooksOf(base), files: laid.base, only: inBase },
    current: { hooks: hooksOf(current), files: laid.current, only },
  };
}

const isContest = (one: Contest | Unlike): one is Contest => 'key' in one;

/**
 * The contest of each hook and event, by hook id or event key. A hook that ended differently in the two arms has an `Unlike` instead.
 * `added`: new hooks that Claude Code waits for.
 */
function contestsOf(
  seen: Session,
  { ids, subjects }: Asked,
  added: ReadonlySet<string>,
): Map<string, Contest | Unlike> {
  const found: [string, Contest | Unlike | undefined][] = [
    ...ids.map((id): [string, Contest | Unlike | undefined] => [id, hookContest(id, seen, added.has(id))]),
    ...subjects.map((one): [string, Contest | undefined] => [one.key, eventContest(one, seen)]),
  ];
  return new Map(found.flatMap(([key, one]): [string, Contest | Unlike][] => (one ? [[key, one]] : [])));
}

/**
 * The hooks and events that the first session does not decide. If a hook ended differently in the two arms, the second session must confirm
 * the difference.
 */
function openOf({ ids, subjects }: Asked, seen: ReadonlyMap<string, Contest | Unlike>, thresholdPct: number): Asked {
  const isOpen = (key: string) => {
    const one = seen.get(key);
    return one !== undefined && !(isContest(one) && isSettled(one, thresholdPct));
  };
  return { ids: ids.filter(isOpen), subjects: subjects.filter(({ key }) => isOpen(key)) };
}
