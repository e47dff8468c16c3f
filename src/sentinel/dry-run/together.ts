import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '../discover/events.ts';
import { type Firing, runningTogether } from '../discover/matches.ts';
import { sessionNumber, type Tools } from './alone.ts';
import type { Cage } from './cage.ts';
import { firingOf, matchedValue } from './choose-input.ts';
import { execute, type Timed } from './execution.ts';
import { textOf } from './fill.ts';
import type { Input } from './inputs.ts';
import { isEndless } from './outcome.ts';
import { type CommandHook, isRunnable } from './runnable.ts';

/**
 * A set: the hooks that Claude Code runs at the same time, for one input of an event. `key`: equal for sets of the same event and input.
 * `matched`: the value that matchers are compared with.
 */
export type EventSet = {
  key: string;
  event: string;
  matched: string | null;
  input: Input;
  hooks: readonly CommandHook[];
};

/**
 * One execution of a set of hooks. `makespan_ms`: the time from the start of the first hook until the slowest hook that Claude Code waits
 * for has ended. `cpu_ms`: the CPU time of all hooks. `parts`: for each hook, the delay after the start of the first hook, and the wall
 * time, in ms.
 */
export type Together = {
  makespan_ms: number;
  cpu_ms: number;
  parts: { id: string; start_ms: number; wall_ms: number }[];
};

/**
 * The sets of all events, in the order of a session. Each input with `together` gives one set. A hook that is in none of these sets gets
 * its own set.
 */
export function setsOf(
  hooks: readonly CommandHook[],
  inputs: readonly Input[],
  own: (hook: CommandHook) => Input,
): EventSet[] {
  const on = (input: Input, firing: Firing = firingOf(input)): EventSet => ({
    key: `${input.name} ${matchedValue(input)}`.trimEnd(),
    event: input.event,
    matched: input.matched === undefined ? null : matchedValue(input),
    input,
    hooks: runningTogether(hooks, firing).filter(isRunnable),
  });
  /** The set that consists of one hook. An `if` that no input fulfils is treated as fulfilled. */
  const around = (hook: CommandHook): EventSet => {
    const input = own(hook);
    const strict = on(input);
    const set = strict.hooks.includes(hook) ? strict : on(input, { event: input.event, value: matchedValue(input) });
    return hook.if === null ? set : { ...set, key: `${set.key} ${hook.if}` };
  };
  const sets = inputs.filter(({ together }) => together).map((input) => on(input));
  for (const hook of hooks) if (!sets.some((set) => set.hooks.includes(hook))) sets.push(around(hook));
  return sets.filter((set) => set.hooks.length > 0).toSorted((a, b) => placeOf(a.event) - placeOf(b.event));
}

/**
 * The time in ms from the start of the helper processes to the start of the hooks. If a helper process is not ready by then, the hook of
 * this process begins later, and the hook's entry in `parts` shows the delay.
 */
const READY_MS = 10;

/**
 * Runs the hooks of a set in parallel, in one cage. `endless`: the ids of the set's hooks that did not end, although Claude Code waits
 * for them.
 */
export async function runTogether(
  set: EventSet,
  cage: Cage,
  execution: number,
  tools: Tools,
): Promise<{ together: Together; endless: string[] }> {
  const { cages: _, file, ...ground } = tools;
  const session = cage.session(sessionNumber(set.event, execution));
  const stdin = textOf(set.input, session, { ...cage.place, file: join(cage.place.project, file) });
  let letBegin = () => {};
  const begin = new Promise<void>((resolve) => {
    letBegin = resolve;
  });
  const executions = set.hooks.map((hook) =>
    execute({ hook, session, stdin, begin, beside: true }, { ...ground, cage }),
  );
  await sleep(READY_MS);
  letBegin();
  const timed = await Promise.all(executions);
  const endless = set.hooks.filter(({ handler }, i) => !handler.async && isEndless(timed[i]!.run.outcome));
  return { together: measured(set.hooks, timed), endless: endless.map(({ id }) => id) };
}

function measured(hooks: readonly CommandHook[], timed: readonly Timed[]): Together {
  const first = Math.min(...timed.map(({ start_ms }) => start_ms));
  const parts = hooks.map(({ id }, i) => ({
    id,
    start_ms: timed[i]!.start_ms - first,
    wall_ms: timed[i]!.run.wall_ms,
  }));
  const ends = parts.map(({ start_ms, wall_ms }, i) => (hooks[i]!.handler.async ? 0 : start_ms + wall_ms));
  return { makespan_ms: Math.max(...ends), cpu_ms: timed.reduce((sum, { run }) => sum + run.cpu_ms, 0), parts };
}
