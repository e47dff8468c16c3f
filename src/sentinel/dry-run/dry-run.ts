import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { findProgram } from '../../core/locate.ts';
import type { World } from '../../core/world.ts';
import { native } from '../../measure/instruments/native.ts';
import type { Hook } from '../hook.ts';
import type { Tools } from './alone.ts';
import { placeOf, type Wanted } from './cage.ts';
import { openCages } from './cages.ts';
import { chooseInput } from './choose-input.ts';
import { inTurn } from './in-turn.ts';
import { readInputs } from './inputs.ts';
import type { DryRunOptions } from './options.ts';
import { projectFile } from './project-file.ts';
import type { DryRun, HookDryRun } from './result.ts';
import { type CommandHook, isRunnable, type NotRun, whyNot } from './runnable.ts';
import { pluginData } from './session.ts';
import { setsOf } from './together.ts';

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
    not_measured: [],
  });
  const measuring = await native.prepare(world.env);
  if ('missing' in measuring) return none(measuring.missing);
  const wanted = wantedFor(fitting, options, world);
  const opened = await openCages(wanted, options.state);
  if ('missing' in opened) return none(opened.missing);
  const { cages, first } = opened;
  try {
    const { project } = wanted.place;
    const tools: Tools = {
      cages,
      measuring,
      env: world.env,
      world,
      limitMs: options.run_limit_s * 1000,
      signal: world.signal,
      tell: () => {},
      file: relative(project, projectFile(project) ?? `${project}/example.txt`),
      hasStrace: options.strace && findProgram('strace', world.env) !== undefined,
    };
    const whyNone = (hook: Hook): NotRun =>
      chosen.get(hook as CommandHook) ? { code: 'no_time', limit_s: options.limit_s ?? 0 } : noInput(hook);
    const sets = setsOf(fitting, inputs, (hook) => chosen.get(hook)!.usual);
    const subjects = fitting.map((hook) => [hook, chosen.get(hook)!] as const);
    const done = await inTurn({ hooks: subjects, sets }, options, tools);
    const { level, walls, network, masked } = first;
    return {
      cage: { level, walls, network, state: options.state, masked },
      hooks: hooks.map((hook) => done.hooks.find(({ id }) => id === hook.id) ?? notRun(hook, whyNone(hook))),
      events: done.events,
      not_measured: done.not_measured,
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
