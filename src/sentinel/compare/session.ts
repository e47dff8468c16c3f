import type { World } from '../../core/world.ts';
import { budgetOf } from '../audit/score.ts';
import { type Arm, dryRunArms } from '../dry-run/dry-run.ts';
import type { DryRunOptions } from '../dry-run/options.ts';
import { didItsWork, isEndless } from '../dry-run/outcome.ts';
import type { CageFacts, EventDryRun, HookDryRun } from '../dry-run/result.ts';
import type { Contest } from './judge.ts';
import type { EventSubject } from './subjects.ts';

/** The executions of one arm, by the ids of hooks and the keys of sets. The base arm has no executions if the old files are gone. */
type ArmRuns = { hooks: ReadonlyMap<string, HookRun>; sets: ReadonlyMap<string, EventDryRun> };
export type HookRun = Extract<HookDryRun, { state: 'run' }>;
export type Session = { base: ArmRuns; current: ArmRuns; cage: CageFacts };

/** Runs both arms alternately. @throws hook_input_invalid, room_lost, instrument_broken, interrupted */
export async function session(
  arms: { base: Arm; current: Arm },
  options: DryRunOptions,
  world: World,
): Promise<Session> {
  const [base, current] = await dryRunArms([arms.base, arms.current], options, world);
  return { base: byKey(base!), current: byKey(current!), cage: current!.cage };
}

const byKey = ({ hooks, events }: { hooks: readonly HookDryRun[]; events: readonly EventDryRun[] }): ArmRuns => ({
  hooks: new Map(hooks.flatMap((run) => (run.state === 'run' ? [[run.id, run] as const] : []))),
  sets: new Map(events.map((set) => [set.key, set] as const)),
});

/**
 * How a hook ended in each arm, if the hook did its work in only one of them. The times of such a hook cannot be compared. `baseline` is
 * `absent` for a new hook. A new hook is reported only if it does not end.
 */
export type Unlike = { baseline: string; current: string };

/**
 * The times of a hook that runs alone, in both arms. If they cannot be compared because the hook ended differently, returns how the hook
 * ended in each arm. Undefined if an arm does not have the hook.
 */
export function hookContest(id: string, { base, current }: Session, isNew: boolean): Contest | Unlike | undefined {
  const [old, now] = [base.hooks.get(id), current.hooks.get(id)];
  if (isNew && now && isEndless(endOf(now))) return { baseline: 'absent', current: endOf(now) };
  if (!old || !now) return undefined;
  const [before, after] = [endOf(old), endOf(now)];
  if (before !== after && [before, after].some((end) => !didItsWork(end))) return { baseline: before, current: after };
  // too few executions to compare, for example because a hook that reaches its time limit is run only once
  if (Math.min(old.runs.length, now.runs.length) < 2) return undefined;
  const figures = (figure: 'wall_ms' | 'cpu_ms') => ({
    base: old.runs.map((run) => run[figure]),
    current: now.runs.map((run) => run[figure]),
  });
  return { key: id, in_turn: true, wall: figures('wall_ms'), cpu: figures('cpu_ms') };
}

/** How most of the hook's executions ended. If several outcomes are equally frequent, the outcome that occurred first counts. */
function endOf({ runs }: HookRun) {
  const ends = runs.map(({ outcome }) => outcome);
  const times = (end: string) => ends.filter((one) => one === end).length;
  return ends.toSorted((a, b) => times(b) - times(a))[0]!;
}

/**
 * The times of an event in both arms. If only one arm has a set of hooks, the set takes no time in the other arm. An event that had no hook
 * before is compared with its budget. Undefined if a set was not measured, if the sets were not run equally often, or if the event has no
 * budget.
 */
export function eventContest({ key, event, sets }: EventSubject, { base, current }: Session): Contest | undefined {
  const before = sets.base.flatMap((set) => base.sets.get(set) ?? []);
  const now = sets.current.flatMap((set) => current.sets.get(set) ?? []);
  const counts = new Set([...before, ...now].map(({ runs }) => runs.length));
  if (before.length < sets.base.length || now.length < sets.current.length || counts.size !== 1) return undefined;
  const sum = (own: readonly EventDryRun[], figure: 'makespan_ms' | 'cpu_ms') =>
    now[0]!.runs.map((_, i) => own.reduce((total, { runs }) => total + runs[i]![figure], 0));
  const wall = { base: sum(before, 'makespan_ms'), current: sum(now, 'makespan_ms') };
  if (before.length > 0)
    return { key, in_turn: true, wall, cpu: { base: sum(before, 'cpu_ms'), current: sum(now, 'cpu_ms') } };
  const budget = budgetOf(event);
  if (budget === null) return undefined;
  const limits = wall.current.map(() => budget);
  return { key, in_turn: true, against_budget: true, wall: { ...wall, base: limits }, cpu: { base: [], current: [] } };
}
