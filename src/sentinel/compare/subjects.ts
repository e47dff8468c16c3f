import { setsOfWait, type Wait, waits } from '../baseline/waits.ts';
import type { EventSet } from '../dry-run/together.ts';
import type { HookChange } from './changes.ts';

/** What a person waits for, or another event, by the keys of the sets that run one after the other. */
export type EventSubject = { key: string; event: string; matched: string | null; wait: Wait | null; sets: string[] };

/** Sets as both arms have them. */
export type Sets = { base: readonly EventSet[]; current: readonly EventSet[] };

/** The events in which something changed, and that both arms have. */
export function eventsOf(sets: Sets, changes: readonly HookChange[]): EventSubject[] {
  const inBoth = sets.current.filter(({ key }) => sets.base.some((set) => set.key === key));
  const changed = changedSets(sets, changes);
  const ofWaits = waits.flatMap((wait): EventSubject[] => {
    const own = setsOfWait(wait, inBoth);
    return own.length > 0
      ? [{ key: wait, event: own[0]!.event, matched: own[0]!.matched, wait, sets: keysOf(own) }]
      : [];
  });
  const others = inBoth
    .filter(({ key }) => !ofWaits.some((one) => one.sets.includes(key)))
    .map(({ key, event, matched }): EventSubject => ({ key, event, matched, wait: null, sets: [key] }));
  return [...ofWaits, ...others].filter((one) => one.sets.some((key) => changed.has(key)));
}

/** The sets that are not the same hooks in both arms. */
function changedSets({ base, current }: Sets, changes: readonly HookChange[]): Set<string> {
  const differing = new Set(changes.filter(({ kind }) => kind !== 'same').map(({ id }) => id));
  const has = ({ hooks }: EventSet) => hooks.some(({ id }) => differing.has(id));
  return new Set([...base, ...current].filter(has).map(({ key }) => key));
}

const keysOf = (sets: readonly EventSet[]) => sets.map(({ key }) => key);
