import type { RunPaths } from '../artifact/paths.ts';
import { type Code, exit, GateError, isFailure } from '../core/errors.ts';
import { removeFile, writeDurable, writeWhole } from '../core/fs.ts';
import { holderOf, type LiveHolder, ourselves } from '../core/lock.ts';
import { readUserText } from '../core/user-file.ts';
import type { RunEvent, RunWorld } from '../record/state.ts';
import { median } from '../stats/robust.ts';
import type { OpenRun } from './open-run.ts';

/** The environment variable that makes a process work in the background. The variable is not passed on to the commands of the run. */
export const DETACHED = 'PERF_GATE_DETACHED';

/**
 * How the background work ended. `error`: the error that ended it. Null if the work stopped without an error; the run's state then shows
 * the stage.
 */
export type DetachedEnd = { error: { code: string; message: string; hint: string; exit_code: number } | null };

/**
 * The progress of the background work. The fields after `attempt` are null before a stage's first execution, and in stages that measure
 * nothing.
 */
export type Progress = {
  stage: string;
  attempt: number;
  measuring: string | null;
  done: number | null;
  /** The number of executions after which perf-gate next judges the samples and can end the session. */
  next_look: number | null;
  /** The maximum number of executions of the session. */
  total: number | null;
  /** The medians of the primary metric so far, in `unit`. Null for an arm that is not measured. */
  base_median: number | null;
  candidate_median: number | null;
  unit: string | null;
  /** The estimated seconds until `next_look` is reached. */
  seconds_left: number | null;
};

/**
 * Calls `act` in a background process, which holds the run's lock. Meanwhile, files of the run name the process and hold its progress.
 * Afterwards, a file says how the work ended.
 */
export async function inBackground<T>({ run }: OpenRun, act: () => Promise<T>): Promise<T> {
  const { paths, world } = run;
  delete world.env[DETACHED];
  writeDurable(paths.detached, JSON.stringify(ourselves('in the background')));
  run.world = { ...world, notify: recording(world, paths.progress) };
  const end = (error: DetachedEnd['error']) => writeDurable(paths.detachedEnd, JSON.stringify({ error }));
  try {
    const result = await act();
    end(null);
    return result;
  } catch (error) {
    end(told(error));
    throw error;
  } finally {
    for (const file of [paths.progress, paths.detached]) removeFile(file);
  }
}

/** Whether a process works on the run in the background. `died`: the process was killed. */
export function backgroundOf(
  paths: RunPaths,
): { state: 'none' } | { state: 'working'; by: LiveHolder } | { state: 'died'; pid: number } {
  const by = holderOf(paths.detached);
  if (by) return { state: 'working', by };
  const left = read<LiveHolder>(paths.detached);
  return left ? { state: 'died', pid: left.pid } : { state: 'none' };
}

/** Removes the files of earlier background work. Called when another command continues the run. */
export function forgetBackground(paths: RunPaths): void {
  for (const file of [paths.detached, paths.detachedEnd, paths.progress]) removeFile(file);
}

export const progressOf = (paths: RunPaths) => read<Progress>(paths.progress);
export const endOf = (paths: RunPaths) => read<DetachedEnd>(paths.detachedEnd);

/**
 * The shortest time between two writes of the progress, in ms. Writing more often would disturb the measured program, which shares the
 * cores.
 */
const EVERY_MS = 1000;

function recording({ clock, notify }: RunWorld, file: string): RunWorld['notify'] {
  let at: Pick<Progress, 'stage' | 'attempt'> | null = null; // null until the first stage begins
  let notedMs = -Infinity;
  return (event) => {
    notify(event);
    if (event.kind === 'stage') at = { stage: event.stage, attempt: event.attempt };
    else if (!at || event.kind !== 'progress' || clock.ms() - notedMs < EVERY_MS) return;
    notedMs = event.kind === 'progress' ? clock.ms() : -Infinity;
    writeWhole(file, JSON.stringify({ ...at, ...measured(event, clock.ms()) } satisfies Progress));
  };
}

const nothing: Omit<Progress, 'stage' | 'attempt'> = {
  measuring: null,
  done: null,
  next_look: null,
  total: null,
  base_median: null,
  candidate_median: null,
  unit: null,
  seconds_left: null,
};

export const medianSoFar = (values: number[]): number | null => (values.length > 0 ? median(values) : null);

function measured(event: RunEvent, nowMs: number): Omit<Progress, 'stage' | 'attempt'> {
  if (event.kind !== 'progress') return nothing;
  const { label, done, next, total, values, unit, started_ms } = event;
  return {
    measuring: label,
    done,
    next_look: next,
    total,
    base_median: medianSoFar(values.base),
    candidate_median: medianSoFar(values.candidate),
    unit,
    seconds_left: secondsLeft({ done, next, startedMs: started_ms, nowMs }),
  };
}

/**
 * The seconds until the next judgement of the samples, if the executions go on at the same pace. Null before the first execution has ended.
 */
export function secondsLeft(at: { done: number; next: number; startedMs: number; nowMs: number }): number | null {
  return at.done > 0 ? ((at.nowMs - at.startedMs) / at.done / 1000) * (at.next - at.done) : null;
}

function told(error: unknown): DetachedEnd['error'] {
  if (isFailure(error))
    return { code: error.code, message: error.message, hint: error.hint, exit_code: error.exitCode };
  return {
    code: BUG,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    hint: '',
    exit_code: exit.bug,
  };
}

const BUG = 'bug';

/** Makes an error object from a recorded error, for the process that waits for the background work. */
export function errorOf({ code, message, hint, exit_code }: NonNullable<DetachedEnd['error']>): Error {
  return code === BUG ? new Error(message) : new GateError(code as Code, message, hint, exit_code);
}

function read<Data>(file: string): Data | undefined {
  try {
    return JSON.parse(readUserText(file)) as Data;
  } catch {
    return undefined;
  }
}
