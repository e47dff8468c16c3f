import { basename } from 'node:path';
import { failure } from '../../core/errors.ts';
import { count } from '../../core/text.ts';
import type { World } from '../../core/world.ts';
import { armFor, type Entrant, type Execution, withSetups } from '../../experiment/lineup.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import type { Environment } from '../../measure/environment/environment.ts';
import { findInstrument } from '../../measure/instruments/find.ts';
import type { Instrument, MethodName } from '../../measure/instruments/instrument.ts';
import type { Fault } from '../../measure/sessions/fault.ts';
import { runRounds } from '../../measure/sessions/rounds.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import type { Metric } from '../../measure/sources/sources.ts';

/** Commands in the current folder, and how to measure them. */
export type Request = {
  entrants: readonly [Entrant, ...Entrant[]];
  execution: Execution;
  /**
   * The minimum and the maximum number of executions of each command. After the minimum, perf-gate continues until each command has run for
   * three seconds or has reached the maximum.
   */
  runs: { least: number; most: number };
  /** `sequential`: all executions of one command, with its setup and cleanup, before the next command. */
  order: 'interleaved' | 'sequential';
  /** Metrics in addition to wall time, CPU time and peak memory. */
  metrics: readonly Metric[];
};

/** The samples of a command in the order of its executions, without the warm-ups. */
export type Measured = { entrant: Entrant; samples: Sample[] };

/** The result of a measurement: the commands in the order of the request, each with its samples. */
export type Series = {
  request: Request;
  method: MethodName;
  commands: [Measured, ...Measured[]];
  environment: Environment;
};

/** The default limits for the number of executions of a command. Only very short programs reach the maximum (`most`). */
export const ordinary = { least: 10, most: 10_000 } as const;
const shortestMs = 3000;

const wall: Metric = { name: 'wall_ms', unit: 'ms', source: 'wall' };

/**
 * Executes commands repeatedly while no other process measures on this machine, and keeps every sample. Several commands take turns.
 * @throws command_failed: an execution failed, and the request does not ignore failures
 * @throws interrupted
 */
export async function measureCommands(world: World, request: Request): Promise<Series> {
  const instrument = await findInstrument(world.env);
  const { entrants, order } = request;
  const groups = order === 'interleaved' ? [[...entrants]] : entrants.map((entrant) => [entrant]);
  const commands: Measured[] = [];
  let environment: Environment | undefined;
  const what = `${entrants.map((e) => e.name).join(', ')} in ${world.cwd}`;
  await withMeasurementLock(world, what, async () => {
    for (const group of groups) {
      const measured = await withSetups(world, group, () => measureGroup(world, { request, group, instrument }));
      commands.push(...measured.commands);
      environment = measured.environment;
    }
  });
  const [first, ...rest] = commands;
  return { request, method: instrument.method, commands: [first!, ...rest], environment: environment! };
}

type Group = { request: Request; group: readonly Entrant[]; instrument: Instrument };

async function measureGroup(world: World, { request, group, instrument }: Group) {
  const { execution, metrics, runs } = request;
  const { shell, timeout_s, warmup } = execution;
  const commands: Measured[] = group.map((entrant) => ({ entrant, samples: [] }));
  const first = group[0]!;
  const label = group.length === 1 ? basename(first.script.split(/\s/, 1)[0]!) : count(group.length, 'command');
  let startedMs = world.clock.ms();
  let fault: { entrant: Entrant; fault: Fault } | undefined;
  const progress = () => {
    const { length } = commands[0]!.samples;
    const elapsedMs = (world.clock.ms() - startedMs) / group.length;
    const done = commands.reduce((sum, { samples }) => sum + samples.length, 0);
    const total = group.length * expectedRuns(runs, length, elapsedMs);
    // with several commands, the list is empty and no median is shown, because different commands have no common median
    const candidate = group.length === 1 ? commands[0]!.samples.map((s) => s.wall_ms) : [];
    if (done > 0)
      world.notify({
        kind: 'progress',
        label,
        done,
        next: total,
        total,
        values: { base: [], candidate },
        unit: 'ms',
        started_ms: startedMs,
      });
  };
  const rounds = await runRounds(
    {
      id: 'measure',
      seed: world.clock.now(),
      command: { script: first.script, shell, timeout_s },
      warmup_runs: warmup,
      metrics: [wall, ...metrics],
    },
    group.map((entrant) => armFor(entrant, world, execution)),
    { instrument, clock: world.clock, signal: world.signal },
    {
      on(i, taken) {
        const { entrant, samples } = commands[i]!;
        if ('code' in taken) {
          fault = { entrant, fault: taken };
          return 'stop';
        }
        if (taken.warmup) startedMs = world.clock.ms();
        else samples.push(taken);
        progress();
        return 'continue';
      },
      next: (round, present) => (isEnough(runs, round, (world.clock.ms() - startedMs) / group.length) ? [] : present),
    },
  );
  if (rounds.state === 'aborted') throw failure('interrupted');
  if (fault) throw failed(fault);
  return { commands, environment: rounds.environment };
}

function failed({ entrant, fault: { code, reason, stderr } }: { entrant: Entrant; fault: Fault }) {
  const way_on =
    code === 'exit'
      ? 'Run the command by hand and correct it until it exits with 0, or pass --ignore-failure (-i) to count failed executions like all others.'
      : undefined;
  return failure('command_failed', {
    what: 'command',
    command: entrant.script,
    reason,
    output: stderr,
    ...(way_on ? { way_on } : {}),
  });
}

type Runs = Request['runs'];

const isEnough = ({ least, most }: Runs, done: number, elapsedMs: number) =>
  done >= most || (done >= least && elapsedMs >= shortestMs);

/** Estimates the number of executions of each command from the duration of the earlier executions. */
const expectedRuns = ({ least, most }: Runs, done: number, elapsedMs: number) =>
  Math.min(most, Math.max(least, done, Math.ceil((done * shortestMs) / Math.max(elapsedMs, 1))));
