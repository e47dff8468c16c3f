import type { Baseline } from '../baseline/schema.ts';
import type { Contest } from './judge.ts';
import type { Session } from './session.ts';
import type { EventSubject } from './subjects.ts';

/** The hooks and events for which only stored measurements of the old version exist. `gone`: hooks whose old files no longer exist. */
type Asked = { ids: readonly string[]; subjects: readonly EventSubject[]; gone: ReadonlySet<string> };

/** Contests whose old times are stored measurements. Events are included only if no old hook was run in this comparison. */
export function storedContests(stored: Baseline, { base, current }: Session, asked: Asked): Contest[] {
  const hooks = asked.ids.flatMap((id): Contest[] => {
    const [old, now] = [stored.hooks.find((hook) => hook.id === id), current.hooks.get(id)];
    if (!asked.gone.has(id) || !old || !now || old.runs.length < 2) return [];
    const figures = (figure: 'wall_ms' | 'cpu_ms') => now.runs.map((run) => run[figure]);
    return [contest(id, [old], [{ runs: figures('wall_ms'), cpu: figures('cpu_ms') }])];
  });
  if (base.sets.size > 0) return hooks;
  const events = asked.subjects.flatMap(({ key, sets }): Contest[] => {
    const old = sets.base.flatMap((set) => stored.events.find((event) => event.key === set) ?? []);
    const now = sets.current.flatMap((set) => current.sets.get(set) ?? []);
    if (old.length === 0 || old.length < sets.base.length || now.length < sets.current.length) return [];
    const measured = now.map(({ runs }) => ({
      runs: runs.map(({ makespan_ms }) => makespan_ms),
      cpu: runs.map(({ cpu_ms }) => cpu_ms),
    }));
    return [contest(key, old, measured)];
  });
  return [...hooks, ...events];
}

type Figures = { runs: readonly number[]; cpu: readonly number[] };

/**
 * Makes a contest from a hook, or from the sets of hooks that run one after the other at an event. The times of the sets are added,
 * execution by execution.
 */
function contest(key: string, old: readonly Figures[], now: readonly Figures[]): Contest {
  const sum = (parts: readonly (readonly number[])[]) =>
    parts[0]!.map((_, i) => parts.reduce((total, part) => total + (part[i] ?? 0), 0));
  const pair = (of: (one: Figures) => readonly number[]) => ({ base: sum(old.map(of)), current: sum(now.map(of)) });
  return { key, in_turn: false, wall: pair(({ runs }) => runs), cpu: pair(({ cpu }) => cpu) };
}
