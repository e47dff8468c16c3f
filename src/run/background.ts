import { readFileSync } from 'node:fs';
import type { RunPaths } from '../artifact/paths.ts';
import { type Code, exit, GateError, isFailure } from '../core/errors.ts';
import { removeFile, writeDurable, writeWhole } from '../core/fs.ts';
import { holderOf, type LiveHolder, ourselves } from '../core/lock.ts';
import type { Event, World } from '../core/world.ts';
import { median } from '../stats/robust.ts';
import type { OpenRun } from './open-run.ts';

/** The variable by which a process is told that it goes on with a run in the background. No process of the run gets it. */
export const DETACHED = 'PERF_GATE_DETACHED';

/** How work in the background ended: where it stopped by itself, the run tells where; else the error that ended it. */
export type DetachedEnd = { error: { code: string; message: string; hint: string; exit_code: number } | null };

/** How far the work has come. What a stage is measuring is null until its first execution, and where it measures nothing. */
export type Progress = {
  stage: string;
  attempt: number;
  measuring: string | null;
  done: number | null;
  total: number | null;
  /** Running median of the primary metric, in `unit`. */
  median: number | null;
  unit: string | null;
  seconds_left: number | null;
};

/**
 * Does the work of a background process: it is marked as long as this lasts, how far it has come is written down, and so is how it
 * ended. The run's lock is held meanwhile.
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

/** What goes on in the background; `died` where the process was killed. */
export function backgroundOf(
  paths: RunPaths,
): { state: 'none' } | { state: 'working'; by: LiveHolder } | { state: 'died'; pid: number } {
  const by = holderOf(paths.detached);
  if (by) return { state: 'working', by };
  const left = read<LiveHolder>(paths.detached);
  return left ? { state: 'died', pid: left.pid } : { state: 'none' };
}

/** Whoever takes the run over begins anew: what the work in the background left behind does not hold any more. */
export function forgetBackground(paths: RunPaths): void {
  for (const file of [paths.detached, paths.detachedEnd, paths.progress]) removeFile(file);
}

export const progressOf = (paths: RunPaths) => read<Progress>(paths.progress);
export const endOf = (paths: RunPaths) => read<DetachedEnd>(paths.detachedEnd);

/** Between two notes of how far it has come: the tool shares its cores with what it measures. */
const EVERY_MS = 1000;

function recording({ clock, notify }: World, file: string): World['notify'] {
  let at: Pick<Progress, 'stage' | 'attempt'> | null = null; // until the engine names its first stage
  let notedMs = -Infinity;
  return (event) => {
    notify(event);
    if (event.kind === 'stage') at = { stage: event.stage, attempt: event.attempt };
    else if (!at || event.kind !== 'progress' || clock.ms() - notedMs < EVERY_MS) return;
    notedMs = event.kind === 'progress' ? clock.ms() : -Infinity;
    writeWhole(file, JSON.stringify({ ...at, ...measured(event, clock.ms()) } satisfies Progress));
  };
}

function measured(event: Event, nowMs: number): Omit<Progress, 'stage' | 'attempt'> {
  if (event.kind !== 'progress')
    return { measuring: null, done: null, total: null, median: null, unit: null, seconds_left: null };
  const { label, done, total, values, unit, started_ms } = event;
  return {
    measuring: label,
    done,
    total,
    median: values.length > 0 ? median(values) : null,
    unit,
    seconds_left: secondsLeft({ done, total, startedMs: started_ms, nowMs }),
  };
}

/** At the pace so far; null before the first execution is done. */
export function secondsLeft(at: { done: number; total: number; startedMs: number; nowMs: number }): number | null {
  return at.done > 0 ? ((at.nowMs - at.startedMs) / at.done / 1000) * (at.total - at.done) : null;
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

/** The same error again, in the process that waits. */
export function errorOf({ code, message, hint, exit_code }: NonNullable<DetachedEnd['error']>): Error {
  return code === BUG ? new Error(message) : new GateError(code as Code, message, hint, exit_code);
}

function read<Data>(file: string): Data | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Data;
  } catch {
    return undefined;
  }
}
