import { availableParallelism } from 'node:os';
import { failure } from '../../core/errors.ts';
import { roundsOf } from '../../measure/sessions/plan.ts';
import { alone, slopeOf, type Tools } from './alone.ts';
import type { Chosen } from './choose-input.ts';
import type { Run } from './execution.ts';
import type { DryRunOptions } from './options.ts';
import type { EventDryRun, HookDryRun } from './result.ts';
import type { CommandHook } from './runnable.ts';
import { type EventSet, runTogether, type Together } from './together.ts';
import type { Trace } from './trace.ts';

/** The cage in which a session of the client goes by. */
const SESSION = 'session';

/** What is run in the cages of one arm. */
export type Lane = {
  hooks: readonly (readonly [CommandHook, Chosen])[];
  sets: readonly EventSet[];
  tools: Tools;
};

/**
 * Makes all executions: in each round every hook once alone, and every set once; what several arms have, in all of them one after the other,
 * in every other round the other way round. What counts no time comes last.
 */
export async function inTurn(
  lanes: readonly Lane[],
  options: DryRunOptions,
): Promise<{ hooks: HookDryRun[]; events: EventDryRun[] }[]> {
  const made = lanes.map(({ hooks, sets, tools }) => ({
    ones: hooks.map((hook) => oneOf(hook, options, tools)),
    events: options.sets ? sets.map((set) => eventOf(set, options, tools)) : [],
  }));
  const ones = made.flatMap((lane) => lane.ones);
  const hooks = byTurns(ones, ({ id }) => id, options.seed);
  const events = byTurns(
    made.flatMap((lane) => lane.events),
    ({ result }) => result.key,
    options.seed,
  );
  const orders = roundsOf(options.seed, hooks.length);
  const warmUps = options.state === 'warm' ? options.warm_ups : 0;
  for (const [i, { tools }] of lanes.entries())
    await tools.cages.prepare([...(made[i]!.events.length > 0 ? [SESSION] : []), ...made[i]!.ones.map(({ id }) => id)]);
  for (let round = -warmUps; round < options.runs; round++) {
    for (const i of orders.next().value) for (const one of hooks[i]!()) await one.runIn(round);
    const endless = new Set(ones.filter((one) => one.isEndless()).map(({ id }) => id));
    for (const turn of events) for (const event of turn()) await event.runIn(round, endless);
  }
  for (const one of ones) await one.climb(options.payload);
  for (const one of ones) await one.bear(options.load);
  await traceAll(ones.filter((one) => !one.isEndless()));
  for (const { tools } of lanes) mayGoOn(tools);
  return made.map((lane) => ({
    hooks: lane.ones.map((one) => one.result()),
    events: lane.events.map(({ result }) => result),
  }));
}

/** Those that are the same in several arms, together; each call gives the order of the next round. */
function byTurns<One>(all: readonly One[], keyOf: (one: One) => string, seed: string): (() => One[])[] {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups].map(([key, group]) => {
    const orders = roundsOf(`${seed} ${key}`, group.length);
    return () => orders.next().value.map((i) => group[i]!);
  });
}

function mayGoOn({ signal }: Tools): void {
  if (signal?.aborted) throw failure('interrupted');
}

/** Whether a hook ran into a time limit. It is run no more: a second time would say the same, and take as long. */
const isOver = ({ outcome }: Run) => outcome === 'timed_out' || outcome === 'cut_off';

/** A hook alone, with what came of it so far. */
function oneOf([hook, chosen]: readonly [CommandHook, Chosen], { traces: times }: DryRunOptions, tools: Tools) {
  const one = alone(hook, chosen, tools);
  const found = { runs: [] as Run[], load: [] as Run[], payload: [] as Awaited<ReturnType<typeof one.payload>> };
  let cold: Run | null = null;
  const traces: { usual: Trace[]; irrelevant: Trace | null } = { usual: [], irrelevant: null };
  const isEndless = () => [cold, ...found.runs].some((run) => run !== null && isOver(run));
  return {
    id: hook.id,
    isEndless,
    async runIn(round: number) {
      if (isEndless()) return;
      const run = await one.once();
      mayGoOn(tools);
      if (round < 0) cold ??= run;
      if (round >= 0 || isOver(run)) found.runs.push(run);
    },
    async climb(sizes: readonly number[]) {
      if (!isEndless()) found.payload = await one.payload(sizes);
      mayGoOn(tools);
    },
    async bear(load: DryRunOptions['load']) {
      if (load && !isEndless()) found.load = await one.load(load);
      mayGoOn(tools);
    },
    async trace() {
      for (let i = 0; i < times; i++) {
        const trace = await one.trace();
        if (trace) traces.usual.push(trace);
      }
      traces.irrelevant = await one.traceIrrelevant();
    },
    result: (): HookDryRun => ({
      id: hook.id,
      state: 'run',
      input: chosen.usual.name,
      cold,
      runs: found.runs,
      trace: traces.usual[0] ?? null,
      irrelevant: traces.irrelevant,
      execs: traces.usual.map(({ execs }) => execs),
      load: found.load,
      payload: found.payload,
      slope: slopeOf(found.payload),
    }),
  };
}

/** Executions under strace, several at a time: they are counted, not timed. */
async function traceAll(ones: readonly { trace: () => Promise<void> }[]): Promise<void> {
  const rest = ones.values();
  const work = async () => {
    for (const one of rest) await one.trace();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** A set, and where asked for the same set without each of its hooks, with what came of them so far. */
function eventOf(set: EventSet, { marginal, seed }: DryRunOptions, tools: Tools) {
  const { key, event, matched, input, hooks } = set;
  const without = marginal && hooks.length > 1 ? hooks.map(({ id }) => ({ id, runs: [] as Together[] })) : [];
  const result: EventDryRun = {
    key,
    event,
    matched,
    input: input.name,
    hooks: hooks.map(({ id }) => id),
    runs: [],
    without,
  };
  const variants = [
    { set, runs: result.runs },
    ...without.map(({ id, runs }) => ({ set: { ...set, hooks: hooks.filter((hook) => hook.id !== id) }, runs })),
  ];
  const orders = roundsOf(seed, variants.length);
  let executions = 0;
  return {
    result,
    /** Round -1 does not count, and is left out where a hook is endless, as are further rounds then. */
    async runIn(round: number, endless: ReadonlySet<string>) {
      if (hooks.some(({ id }) => endless.has(id)) && round !== 0) return;
      for (const i of orders.next().value) {
        const { set: variant, runs } = variants[i]!;
        const run = await tools.cages.inside(SESSION, (cage) => runTogether(variant, cage, executions++, tools));
        mayGoOn(tools);
        if (round >= 0) runs.push(run);
      }
    },
  };
}
