import { availableParallelism } from 'node:os';
import { roundsOf } from '../../measure/sessions/plan.ts';
import type { Tools } from './alone.ts';
import type { Chosen } from './choose-input.ts';
import { type Course, courseOf } from './course.ts';
import { eventOf, SESSION } from './event.ts';
import { oneOf } from './one.ts';
import type { DryRunOptions } from './options.ts';
import type { EventDryRun, HookDryRun, NotMeasured } from './result.ts';
import type { CommandHook } from './runnable.ts';
import type { EventSet } from './together.ts';

/** The hooks and sets that run in the cages of one arm. */
export type Lane = {
  hooks: readonly (readonly [CommandHook, Chosen])[];
  sets: readonly EventSet[];
  tools: Omit<Tools, 'tell'>;
};

/** The results of the executions of one arm. Hooks that were not run before the time limit are left out. */
export type Made = { hooks: HookDryRun[]; events: EventDryRun[]; not_measured: NotMeasured[] };

/**
 * Runs all executions. In each round, every hook runs once alone, and every set runs once. If several arms have the same hook or set, these
 * arms run it one after the other. Every second round runs the arms in reverse order. Executions whose times do not count come last.
 */
export async function inTurn(lanes: readonly Lane[], options: DryRunOptions): Promise<Made[]> {
  const { payload, load, runs, seed } = options;
  const warmUps = options.state === 'warm' ? options.warm_ups : 0;
  const hasStrace = lanes.some(({ tools }) => tools.hasStrace);
  const course = courseOf(lanes[0]!.tools.world, {
    planned: plannedFor(lanes, options, { rounds: warmUps + runs, hasStrace }),
    limitMs: options.limit_s === null ? null : options.limit_s * 1000,
  });
  const made = lanes.map(({ hooks, sets, tools }) => ({
    ones: hooks.map((hook) => oneOf(hook, options, { ...tools, tell: course.tell })),
    events: options.sets ? sets.map((set) => eventOf(set, options, { ...tools, tell: course.tell })) : [],
  }));
  const ones = made.flatMap((lane) => lane.ones);
  const hooks = byTurns(ones, ({ id }) => id, seed);
  const events = byTurns(
    made.flatMap((lane) => lane.events),
    ({ key }) => key,
    seed,
  );
  const orders = roundsOf(seed, hooks.length);
  for (const [i, { tools }] of lanes.entries())
    await tools.cages.prepare([...(made[i]!.events.length > 0 ? [SESSION] : []), ...made[i]!.ones.map(({ id }) => id)]);
  for (let round = -warmUps; round < runs; round++) {
    for (const i of orders.next().value)
      for (const one of hooks[i]!()) await course.step(one.id, () => one.runIn(round));
    const endless = new Set(ones.filter((one) => one.isEndless()).map(({ id }) => id));
    for (const turn of events)
      for (const event of turn()) await course.step(event.name, () => event.runIn(round, endless));
  }
  if (payload.length > 0) for (const one of ones) await course.step(one.id, () => one.climb(payload));
  if (load) for (const one of ones) await course.step(one.id, () => one.bear(load));
  if (options.breakdown && hasStrace) for (const one of ones) await course.step(one.id, one.watch);
  if (hasStrace) await traceAll(ones, course);
  return made.map((lane) => {
    const results = lane.events.map(({ result }) => result());
    return {
      hooks: lane.ones.flatMap((one) => one.result() ?? []),
      events: results.filter((result) => 'runs' in result),
      not_measured: results.filter((result) => 'because' in result),
    };
  });
}

/** The number of planned executions. */
function plannedFor(
  lanes: readonly Lane[],
  { payload, load, sets, breakdown }: DryRunOptions,
  { rounds, hasStrace }: { rounds: number; hasStrace: boolean },
): number {
  const each =
    rounds + (payload.length > 0 ? 1 : 0) + (load ? 1 : 0) + (hasStrace ? 1 : 0) + (breakdown && hasStrace ? 1 : 0);
  return lanes.reduce((sum, lane) => sum + lane.hooks.length * each + (sets ? lane.sets.length * rounds : 0), 0);
}

/**
 * Groups hooks, or sets of hooks, by their keys: a group contains one member per arm. Returns a function for each group. Each call of this
 * function gives the order of the arms in the next round.
 */
function byTurns<One>(all: readonly One[], keyOf: (one: One) => string, seed: string): (() => One[])[] {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups].map(([key, group]) => {
    const orders = roundsOf(`${seed} ${key}`, group.length);
    return () => orders.next().value.map((i) => group[i]!);
  });
}

/** Runs executions under strace, several at a time. Their purpose is to count programs, so their times are ignored. */
async function traceAll(ones: readonly { id: string; trace: () => Promise<void> }[], course: Course): Promise<void> {
  const rest = ones.values();
  const work = async () => {
    for (const one of rest) await course.step(one.id, one.trace);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}
