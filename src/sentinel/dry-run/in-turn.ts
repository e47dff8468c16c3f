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

/** What a dry run is made of: hooks, each with its inputs, and the sets that run at once. */
export type Subjects = { hooks: readonly (readonly [CommandHook, Chosen])[]; sets: readonly EventSet[] };

/** Makes all executions: in each round every hook once alone, and every set once. What counts no time comes last. */
export async function inTurn(
  { hooks, sets }: Subjects,
  options: DryRunOptions,
  tools: Tools,
): Promise<{ hooks: HookDryRun[]; events: EventDryRun[]; not_measured: NotMeasured[] }> {
  const { payload, load, runs, state, seed, limit_s } = options;
  const warmUps = state === 'warm' ? options.warm_ups : 0;
  const atOnce = options.sets ? sets : [];
  const rounds = warmUps + runs;
  const each = rounds + (payload.length > 0 ? 1 : 0) + (load ? 1 : 0) + (tools.hasStrace ? 1 : 0);
  const planned = hooks.length * each + atOnce.length * rounds;
  const course = courseOf(tools.world, { planned, limitMs: limit_s === null ? null : limit_s * 1000 });
  const ours: Tools = { ...tools, tell: course.tell };
  const ones = hooks.map((hook) => oneOf(hook, ours));
  const orders = roundsOf(seed, ones.length);
  await tools.cages.prepare([SESSION, ...ones.map(({ id }) => id)]);
  const events = atOnce.map((set) => eventOf(set, options, ours));
  for (let round = -warmUps; round < runs; round++) {
    for (const i of orders.next().value) await course.step(ones[i]!.id, () => ones[i]!.runIn(round));
    const endless = new Set(ones.filter((one) => one.isEndless()).map(({ id }) => id));
    for (const event of events) await course.step(event.name, () => event.runIn(round, endless));
  }
  if (payload.length > 0) for (const one of ones) await course.step(one.id, () => one.climb(payload));
  if (load) for (const one of ones) await course.step(one.id, () => one.bear(load));
  if (tools.hasStrace) await traceAll(ones, course);
  const results = events.map(({ result }) => result());
  return {
    hooks: ones.flatMap((one) => one.result() ?? []),
    events: results.filter((result) => 'runs' in result),
    not_measured: results.filter((result) => 'because' in result),
  };
}

/** Executions under strace, several at a time: they are counted, not timed. */
async function traceAll(ones: readonly { id: string; trace: () => Promise<void> }[], course: Course): Promise<void> {
  const rest = ones.values();
  const work = async () => {
    for (const one of rest) await course.step(one.id, one.trace);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}
