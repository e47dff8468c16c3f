import { relative } from 'node:path';
import type { Placed } from '../../cage/visit.ts';
import { findProgram } from '../../core/locate.ts';
import type { World } from '../../core/world.ts';
import { native } from '../../measure/instruments/native.ts';
import type { Hook } from '../hook.ts';
import { type Cage, placeOf, type Wanted } from './cage.ts';
import { type Cages, openCages } from './cages.ts';
import { type Chosen, chooseInput } from './choose-input.ts';
import { inTurn, type Lane } from './in-turn.ts';
import { type Input, readInputs, withRecorded } from './inputs.ts';
import type { DryRunOptions } from './options.ts';
import { projectFile } from './project-file.ts';
import type { DryRun, HookDryRun } from './result.ts';
import { type CommandHook, isRunnable, type NotRun, whyNot } from './runnable.ts';
import { type Scenario, stepsFor } from './scenarios.ts';
import { pluginData } from './session.ts';
import { type EventSet, setsOf } from './together.ts';

/** The ids of hooks that are run alone, and the keys of sets that are run in parallel. */
export type Subjects = { hooks: ReadonlySet<string>; sets: ReadonlySet<string> };

/**
 * One version of hooks, and the files that they find instead of the real ones. `only`: the hooks and sets that are run. Null to run all.
 */
export type Arm = { hooks: readonly Hook[]; files: readonly Placed[]; only: Subjects | null };

/**
 * Runs hooks as Claude Code runs them, in cages that discard all changes. Each hook runs alone in its own cage. The hooks of an event also
 * run together, in a cage that is kept for a whole session. Executions run in random order, so that a drift of the machine's speed favours
 * no hook. The project is `world.cwd`. The result also contains hooks that cannot be run, with the reason. The caller must hold the
 * measurement lock.
 * @throws hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function dryRun(hooks: readonly Hook[], options: DryRunOptions, world: World): Promise<DryRun> {
  const [run] = await dryRunArms([{ hooks, files: [], only: null }], options, world);
  return run!;
}

/**
 * Runs the hooks of several arms alternately. If several arms have the same hook or set, these arms run it one after the other. @throws
 * hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function dryRunArms(arms: readonly Arm[], options: DryRunOptions, world: World): Promise<DryRun[]> {
  const inputs = withRecorded(readInputs(options.inputs), options.recorded);
  const asked = arms.map((arm) => askedOf(arm, inputs, options.scenario));
  const none = (why: string): DryRun[] =>
    asked.map(({ hooks }) => ({
      cage: { level: 'none', why },
      hooks: hooks.map((hook) => notRun(hook, { code: 'no_cage', detail: why })),
      events: [],
      not_measured: [],
    }));
  const measuring = await native.prepare(world.env);
  if ('missing' in measuring) return none(measuring.missing);
  const opened: { cages: Cages; first: Cage }[] = [];
  try {
    for (const [i, { files }] of arms.entries()) {
      const next = await openCages(wantedFor(asked[i]!.fitting, files, options, world), options.state);
      if ('missing' in next) return none(next.missing);
      opened.push(next);
    }
    const { project } = placeOf(world.cwd, world.env);
    const tools = {
      measuring,
      env: world.env,
      settings: options.variables,
      world,
      limitMs: options.run_limit_s * 1000,
      signal: world.signal,
      file: relative(project, projectFile(project) ?? `${project}/example.txt`),
      hasStrace: options.strace && findProgram('strace', world.env) !== undefined,
    };
    const lanes = asked.map(
      ({ alone, sets }, i): Lane => ({ hooks: alone, sets, tools: { ...tools, cages: opened[i]!.cages } }),
    );
    const done = await inTurn(lanes, options);
    return asked.map(({ hooks, alone }, i) => {
      const whyNone = (hook: Hook): NotRun =>
        alone.some(([{ id }]) => id === hook.id)
          ? { code: 'no_time', limit_s: options.limit_s ?? 0 }
          : noneFor(hook, options.scenario);
      const { level, walls, network, masked } = opened[i]!.first;
      const runs = new Map(done[i]!.hooks.map((run) => [run.id, run] as const));
      return {
        cage: { level, walls, network, state: options.state, masked },
        hooks: hooks.map((hook) => runs.get(hook.id) ?? notRun(hook, whyNone(hook))),
        events: done[i]!.events,
        not_measured: done[i]!.not_measured,
      };
    });
  } finally {
    for (const { cages } of opened) cages.close();
  }
}

/** The sets that a dry run of these hooks would run. @throws hook_input_invalid */
export const setsFor = (hooks: readonly Hook[], folders: readonly string[]): EventSet[] =>
  askedOf({ hooks, files: [], only: null }, readInputs(folders), null).sets;

/**
 * The hooks and sets of an arm that are run, with their inputs. `hooks`: the requested hooks. `fitting`: all hooks that can be run in a
 * set.
 */
function askedOf({ hooks, only }: Arm, inputs: readonly Input[], scenario: Scenario | null) {
  const chosen = hooks.filter(isRunnable).flatMap((hook): [CommandHook, Chosen][] => {
    const input = scenario ? inScenario(hook, scenario, inputs) : chooseInput(hook, inputs);
    return input ? [[hook, input]] : [];
  });
  const usual = new Map(chosen.map(([hook, input]) => [hook, input.usual] as const));
  const fitting = [...usual.keys()];
  return {
    hooks: hooks.filter(({ id }) => only?.hooks.has(id) ?? true),
    fitting,
    alone: chosen.filter(([{ id }]) => only?.hooks.has(id) ?? true),
    sets: setsOf(fitting, inputs, (hook) => usual.get(hook)!).filter(({ key }) => only?.sets.has(key) ?? true),
  };
}

const noneFor = ({ event, matcher }: Hook, scenario: Scenario | null): NotRun =>
  scenario ? { code: 'not_in_scenario', scenario: scenario.name } : { code: 'no_input', event, matcher };

function inScenario(hook: Hook, scenario: Scenario, inputs: readonly Input[]): Chosen | null {
  const steps = stepsFor(hook, scenario, inputs);
  return steps[0] ? { usual: steps[0], steps, irrelevant: null } : null;
}

const notRun = (hook: Hook, otherwise: NotRun): HookDryRun => ({
  id: hook.id,
  state: 'not_run',
  why: whyNot(hook) ?? otherwise,
});

function wantedFor(
  hooks: readonly CommandHook[],
  files: readonly Placed[],
  options: DryRunOptions,
  { cwd, env }: World,
): Wanted {
  const place = placeOf(cwd, env);
  const given = <T>(values: readonly (T | null)[]) => [...new Set(values.filter((value) => value !== null))] as T[];
  return {
    place,
    seed: options.seed,
    plugins: given(hooks.map(({ root }) => root)),
    data: given(hooks.map(({ plugin }) => plugin)).map((plugin) => pluginData(plugin, place)),
    files,
    network: options.network,
    delayMs: options.scenario?.delay_ms ?? options.delay_ms,
    env,
  };
}
