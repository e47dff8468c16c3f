import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { failure } from '../../core/errors.ts';
import { findProgram } from '../../core/locate.ts';
import type { World } from '../../core/world.ts';
import { native } from '../../measure/instruments/native.ts';
import { roundsOf } from '../../measure/sessions/plan.ts';
import type { Hook } from '../hook.ts';
import { alone, type Payload, slopeOf, type Tools } from './alone.ts';
import { type CageLevel, type CageNetwork, placeOf, type Wanted } from './cage.ts';
import { openCages, type State } from './cages.ts';
import { type Chosen, chooseInput } from './choose-input.ts';
import type { Run } from './execution.ts';
import { readInputs } from './inputs.ts';
import { projectFile } from './project-file.ts';
import { type CommandHook, isRunnable, type NotRun, whyNot } from './runnable.ts';
import { pluginData } from './session.ts';
import { type EventSet, runTogether, setsOf, type Together } from './together.ts';
import type { Trace } from './trace.ts';

/** What is asked of a dry run. */
export type DryRunOptions = {
  /** How often each hook, and each set, is run and counts. */
  runs: number;
  network: CageNetwork;
  /** After how long the sink answers. */
  delay_ms: number;
  state: State;
  /** Bytes of the growing field, ascending; none: no ladder. */
  payload: readonly number[];
  /** Whether each set is also run without each of its hooks. */
  marginal: boolean;
  /** Where a hook is ended that its own time limit would let run longer. */
  limit_s: number;
  /** Orders the executions, and names the sessions. */
  seed: string;
  /** Folders of further inputs. */
  inputs: readonly string[];
};

export const usualOptions: Omit<DryRunOptions, 'seed'> = {
  runs: 3,
  network: 'sink',
  delay_ms: 50,
  state: 'warm',
  payload: [],
  marginal: false,
  limit_s: 30,
  inputs: [],
};

/** The cage that was in force; `masked`: what hooks did not see. `none`: nothing was run. */
export type CageFacts =
  | {
      level: CageLevel;
      walls: 'namespaces' | 'landlock';
      network: CageNetwork;
      state: State;
      masked: readonly string[];
    }
  | { level: 'none'; why: string };

/** What came of one hook. `input`: the name of the input that it ran on. */
export type HookDryRun =
  | { id: string; state: 'not_run'; why: NotRun }
  | {
      id: string;
      state: 'run';
      input: string;
      /** The first execution, which found nothing warm; null where each finds that. */
      cold: Run | null;
      runs: Run[];
      /** What it started on its usual input, and on one that it has most likely nothing to do with; null where strace is not there. */
      trace: Trace | null;
      irrelevant: Trace | null;
      payload: Payload[];
      /** How fast its time grows with its input; null without a ladder. */
      slope: number | null;
    };

/** What came of the set of an event. `without`: the same set without one of its hooks, by its id. */
export type EventDryRun = {
  event: string;
  matched: string | null;
  input: string;
  hooks: string[];
  runs: Together[];
  without: { id: string; runs: Together[] }[];
};

export type DryRun = { cage: CageFacts; hooks: HookDryRun[]; events: EventDryRun[] };

/**
 * Runs hooks as the client runs them, in cages where nothing that they do stays: each alone in a cage of its own, and those of an event
 * together in a cage that lasts for a session. Executions take turns in random order, so that a drift of the machine favours none. `cwd` of the
 * world is the project. Hooks that cannot be run, and why, are in the result. Whoever calls this holds the lock of measurements.
 * @throws hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function dryRun(hooks: readonly Hook[], options: DryRunOptions, world: World): Promise<DryRun> {
  const inputs = readInputs(options.inputs);
  const runnable = hooks.filter(isRunnable);
  const chosen = new Map(runnable.map((hook) => [hook, chooseInput(hook, inputs)] as const));
  const fitting = runnable.filter((hook) => chosen.get(hook));
  const none = (why: string): DryRun => ({
    cage: { level: 'none', why },
    hooks: hooks.map((hook) => notRun(hook, { code: 'no_cage', detail: why })),
    events: [],
  });
  const measuring = await native.prepare(world.env);
  if ('missing' in measuring) return none(measuring.missing);
  const wanted = wantedFor(fitting, options, world);
  const opened = await openCages(wanted, options.state);
  if ('missing' in opened) return none(opened.missing);
  const { cages, sample } = opened;
  try {
    const { project } = wanted.place;
    const tools: Tools = {
      cages,
      measuring,
      env: world.env,
      limitMs: options.limit_s * 1000,
      signal: world.signal,
      file: relative(project, projectFile(project) ?? `${project}/example.txt`),
      hasStrace: findProgram('strace', world.env) !== undefined,
    };
    const sets = setsOf(fitting, inputs, (hook) => chosen.get(hook)!.usual);
    const done = await inTurn(
      fitting.map((hook) => [hook, chosen.get(hook)!]),
      sets,
      options,
      tools,
    );
    const { level, walls, network, masked } = sample;
    return {
      cage: { level, walls, network, state: options.state, masked },
      hooks: hooks.map((hook) => done.hooks.get(hook.id) ?? notRun(hook, noInput(hook))),
      events: done.events,
    };
  } finally {
    cages.close();
  }
}

const noInput = ({ event, matcher }: Hook): NotRun => ({ code: 'no_input', event, matcher });

const notRun = (hook: Hook, otherwise: NotRun): HookDryRun => ({
  id: hook.id,
  state: 'not_run',
  why: whyNot(hook) ?? otherwise,
});

function wantedFor(hooks: readonly CommandHook[], options: DryRunOptions, { cwd, env }: World): Wanted {
  const place = placeOf(cwd, env);
  const given = <T>(values: readonly (T | null)[]) => [...new Set(values.filter((value) => value !== null))] as T[];
  return {
    place,
    seed: options.seed,
    plugins: given(hooks.map(({ root }) => root)).filter(existsSync),
    data: given(hooks.map(({ plugin }) => plugin)).map((plugin) => pluginData(plugin, place)),
    network: options.network,
    delayMs: options.delay_ms,
    env,
  };
}

/** Makes all executions. In each round, every hook runs once alone and every set once, and what must not be disturbed comes last. */
async function inTurn(
  hooks: readonly (readonly [CommandHook, Chosen])[],
  sets: readonly EventSet[],
  options: DryRunOptions,
  tools: Tools,
): Promise<{ hooks: Map<string, HookDryRun>; events: EventDryRun[] }> {
  const ones = hooks.map(([hook, inputs]) => ({
    hook,
    inputs,
    cold: null as Run | null,
    runs: [] as Run[],
    ...alone(hook, inputs, tools),
  }));
  const events = sets.map((set) => eventOf(set, options.marginal));
  const goOn = () => {
    if (tools.signal?.aborted) throw failure('interrupted');
  };
  const orders = roundsOf(options.seed, ones.length);
  const warmUps = options.state === 'warm' ? 1 : 0;
  for (let round = -warmUps; round < options.runs; round++) {
    for (const i of orders.next().value) {
      const run = await ones[i]!.once();
      goOn();
      if (round < 0) ones[i]!.cold = run;
      else ones[i]!.runs.push(run);
    }
    await tools.cages.inside('session', async (cage) => {
      for (const { variants } of events)
        for (const { set, runs } of variants) {
          const together = await runTogether(set, cage, round + warmUps, tools);
          goOn();
          if (round >= 0) runs.push(together);
        }
    });
  }
  const results = new Map<string, HookDryRun>();
  for (const { hook, inputs, cold, runs, ...one } of ones) {
    const [trace, irrelevant] = [await one.trace(), await one.traceIrrelevant()];
    const payload = await one.payload(options.payload);
    goOn();
    const found = { cold, runs, trace, irrelevant, payload, slope: slopeOf(payload) };
    results.set(hook.id, { id: hook.id, state: 'run', input: inputs.usual.name, ...found });
  }
  return { hooks: results, events: events.map(({ result }) => result) };
}

/** The result of a set, to be filled, and the sets that are run for it. */
function eventOf(set: EventSet, marginal: boolean) {
  const { event, matched, input, hooks } = set;
  const without = marginal && hooks.length > 1 ? hooks.map(({ id }) => ({ id, runs: [] as Together[] })) : [];
  const result: EventDryRun = {
    event,
    matched,
    input: input.name,
    hooks: hooks.map(({ id }) => id),
    runs: [],
    without,
  };
  const smaller = without.map(({ id, runs }) => ({
    set: { ...set, hooks: hooks.filter((hook) => hook.id !== id) },
    runs,
  }));
  return { result, variants: [{ set, runs: result.runs }, ...smaller] };
}
