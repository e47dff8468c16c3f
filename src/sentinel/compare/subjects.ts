import { setsOfWait, type Wait, waits } from '../baseline/waits.ts';
import type { EventSet } from '../dry-run/together.ts';
import type { HookChange } from './changes.ts';

/**
 * A wait of the user that is compared, such as the wait at an edit (`edit_cycle`). For an event outside of the user's waits, `wait` is
 * null. `sets`: in each arm, the keys of the sets of hooks that run one after the other. `sets.base` is empty if the event had no hook.
 */
export type EventSubject = {
  key: string;
  event: string;
  matched: string | null;
  wait: Wait | null;
  sets: { base: string[]; current: string[] };
};

/** For each arm, all sets of hooks that Claude Code runs in parallel. */
export type Sets = { base: readonly EventSet[]; current: readonly EventSet[] };

/** The events in which something changed. An event that no longer has hooks costs nothing, and is left out. */
export function eventsOf(sets: Sets, changes: readonly HookChange[]): EventSubject[] {
  const changed = changedSets(sets, changes);
  const ofWaits = waits.flatMap((wait): EventSubject[] => {
    const own = setsOfWait(wait, sets.current);
    const before = setsOfWait(wait, sets.base);
    if (own.length === 0) return [];
    const { event, matched } = own[0]!;
    return [{ key: wait, event, matched, wait, sets: { base: keysOf(before), current: keysOf(own) } }];
  });
  const others = sets.current
    .filter(({ key }) => !ofWaits.some((one) => one.sets.current.includes(key)))
    .map(({ key, event, matched }): EventSubject => {
      const before = sets.base.filter((set) => set.key === key);
      return { key, event, matched, wait: null, sets: { base: keysOf(before), current: [key] } };
    });
  return [...ofWaits, ...others].filter(({ sets: { base, current } }) =>
    [...base, ...current].some((key) => changed.has(key)),
  );
}

/** The sets whose hooks differ between the arms. */
function changedSets({ base, current }: Sets, changes: readonly HookChange[]): Set<string> {
  const differing = new Set(changes.filter(({ kind }) => kind !== 'same').map(({ id }) => id));
  const has = ({ hooks }: EventSet) => hooks.some(({ id }) => differing.has(id));
  return new Set([...base, ...current].filter(has).map(({ key }) => key));
}

const keysOf = (sets: readonly EventSet[]) => sets.map(({ key }) => key);
