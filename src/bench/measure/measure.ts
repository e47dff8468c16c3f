import { basename } from 'node:path';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { plainEnvironment } from '../../experiment/setup.ts';
import type { Environment } from '../../measure/environment/environment.ts';
import { findInstrument } from '../../measure/instruments/find.ts';
import type { MethodName, TreeMethod } from '../../measure/instruments/instrument.ts';
import type { Shell } from '../../measure/sessions/command.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import { runSession } from '../../measure/sessions/session.ts';
import type { Metric } from '../../measure/sources/sources.ts';

/** A command in the current folder, and how to measure it. */
export type Request = {
  script: string;
  shell: Shell;
  /** How many runs; null: at least ten, and for at least three seconds. */
  runs: number | null;
  warmup: number;
  /** A shell runs it before every execution; it is not timed. */
  prepare?: string;
  timeout_s: number;
  /** In addition to wall time, CPU time and peak memory. */
  metrics: readonly Metric[];
};

/** What was measured, run by run. */
export type Measured = {
  request: Request;
  method: MethodName;
  /** How the memory of the process tree was measured; null where no metric asks for it. */
  tree_method: TreeMethod | null;
  /** Without the warm-ups. */
  samples: Sample[];
  environment: Environment;
};

const fewest = 10;
const shortestMs = 3000;
/** Limits the runs of a very short program. */
const most = 10_000;

const wall: Metric = { name: 'wall_ms', unit: 'ms', source: 'wall' };

/**
 * Executes a command repeatedly while no other process measures on this machine, and keeps every sample.
 * @throws command_failed: an execution failed; a failed execution is not a slow one
 * @throws interrupted
 */
export async function measureCommand(world: World, request: Request): Promise<Measured> {
  const instrument = await findInstrument(world.env);
  const label = basename(request.script.split(/\s/, 1)[0]!);
  const samples: Sample[] = [];
  const session = await withMeasurementLock(world, `${request.script} in ${world.cwd}`, () => {
    let startedMs = world.clock.ms();
    return runSession(
      {
        id: 'measure',
        seed: '',
        command: { script: request.script, shell: request.shell, timeout_s: request.timeout_s },
        ...(request.prepare ? { before_each: request.prepare } : {}),
        warmup_runs: request.warmup,
        metrics: [wall, ...request.metrics],
        looks: [request.runs ?? most],
        order: 'sequential',
      },
      { base: null, candidate: { dir: world.cwd, env: plainEnvironment(world.env) } },
      { instrument, clock: world.clock, signal: world.signal },
      {
        already: [],
        decide: () => 'continue',
        onSample(sample) {
          if (sample.warmup) startedMs = world.clock.ms();
          else samples.push(sample);
          return isEnough(request, samples.length, world.clock.ms() - startedMs) ? 'stop' : 'continue';
        },
        onProgress() {
          const done = samples.length;
          const total = request.runs ?? expectedRuns(done, world.clock.ms() - startedMs);
          const values = { base: [], candidate: samples.map((s) => s.wall_ms) };
          if (done > 0)
            world.notify({
              kind: 'progress',
              label,
              done,
              next: total,
              total,
              values,
              unit: 'ms',
              started_ms: startedMs,
            });
        },
      },
    );
  });
  if (session.state === 'aborted') throw failure('interrupted');
  if (session.state === 'failed_run') {
    const { reason, stderr } = session;
    throw failure('command_failed', { what: 'command', command: request.script, reason, output: stderr });
  }
  const tree_method = samples[0]?.tree_method ?? null;
  return { request, method: instrument.method, tree_method, samples, environment: session.environment };
}

const isEnough = ({ runs }: Request, done: number, elapsedMs: number) =>
  done >= (runs ?? fewest) && (runs !== null || elapsedMs >= shortestMs);

/** An estimate of the number of runs, from the time that they took so far. */
const expectedRuns = (done: number, elapsedMs: number) =>
  Math.min(most, Math.max(fewest, done, Math.ceil((done * shortestMs) / Math.max(elapsedMs, 1))));
