import { basename } from 'node:path';
import { failure } from '../core/errors.ts';
import type { World } from '../core/world.ts';
import { withMeasurementLock } from '../experiment/measurement-lock.ts';
import { plainEnvironment } from '../experiment/setup.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { MethodName } from '../measure/instruments/instrument.ts';
import type { Shell } from '../measure/sessions/command.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { runSession } from '../measure/sessions/session.ts';
import type { Metric } from '../measure/sources/sources.ts';

/** One command in this folder, and how it is to be measured. */
export type Request = {
  script: string;
  shell: Shell;
  /** How often; null: at least ten times and at least three seconds. */
  runs: number | null;
  warmup: number;
  /** Run by a shell before every execution, untimed. */
  prepare?: string;
  timeout_s: number;
  /** Besides wall time, CPU time and peak memory. */
  metrics: readonly Metric[];
};

export type Measured = {
  request: Request;
  method: MethodName;
  /** Warm-ups left out. */
  samples: Sample[];
  environment: Environment;
};

const fewest = 10;
const shortestMs = 3000;
/** A program of a millisecond is not run for ever. */
const most = 10_000;

const wall: Metric = { name: 'wall_ms', unit: 'ms', source: 'wall' };

/**
 * Executes a command again and again while nobody else measures here, and keeps all that was seen. Throws `command_failed` when one
 * execution fails (it is not a slow one), `interrupted`, and what an instrument may throw.
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
          const total = request.runs ?? expected(done, world.clock.ms() - startedMs);
          const values = samples.map((s) => s.wall_ms);
          if (done > 0)
            world.notify({ kind: 'progress', label, done, total, values, unit: 'ms', started_ms: startedMs });
        },
      },
    );
  });
  if (session.state === 'aborted') throw failure('interrupted');
  if (session.state === 'failed_run') {
    const { reason, stderr } = session;
    throw failure('command_failed', { what: 'command', command: request.script, reason, output: stderr });
  }
  return { request, method: instrument.method, samples, environment: session.environment };
}

const isEnough = ({ runs }: Request, done: number, elapsedMs: number) =>
  done >= (runs ?? fewest) && (runs !== null || elapsedMs >= shortestMs);

/** How many runs it will come to, from how long they took so far. */
const expected = (done: number, elapsedMs: number) =>
  Math.min(most, Math.max(fewest, done, Math.ceil((done * shortestMs) / Math.max(elapsedMs, 1))));
