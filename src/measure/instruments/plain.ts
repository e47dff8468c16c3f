import type { ChildProcess } from 'node:child_process';
import { systemClock } from '../../core/clock.ts';
import { killGroup, start, stopWithUs } from '../../core/exec.ts';
import { noFigures } from './figures.ts';
import type { Job, Method, Reading } from './instrument.ts';

/** The method without a helper: Node's own `spawn` starts the program. It measures only wall time. */
export const plain: Method = {
  name: 'plain',
  prepare: async () => ({
    method: 'plain',
    measure: (job, signal) => runGroup(job.argv, job, signal),
    supervise: null,
  }),
};

/**
 * The time in ms that perf-gate waits for other processes after the end of the program. Processes that live longer count as left behind.
 * stopwatch.c uses the same time.
 */
const graceMs = 100;

/**
 * Runs `argv` as the leader of a process group, by Node's own spawn. CPU time and memory are not measured, and wall time is 1 to 2 ms too
 * long. Processes that outlive the program are found only if they are still in the group.
 */
export function runGroup(argv: Job['argv'], job: Job, signal?: AbortSignal): Promise<Reading> {
  return new Promise((resolve) => {
    const [file, ...args] = argv;
    let timedOut = false;
    const begin = systemClock.ms();
    const child = start(file, args, {
      cwd: job.cwd,
      env: job.env,
      stdio: [job.input ?? 'ignore', job.output.stdout, job.output.stderr],
      detached: true,
    });
    const stop = () => killGroup(child.pid);
    const limit = job.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          stop();
        }, job.timeoutMs)
      : undefined;
    stopWith(child, signal, stop);
    child.once('error', (error) => {
      clearTimeout(limit);
      resolve({ ...notRun, exec_error: error.message });
    });
    child.once('exit', async (exitCode, by) => {
      const wall = systemClock.ms() - begin;
      clearTimeout(limit);
      const left = !timedOut && !signal?.aborted && (await outlives(child.pid));
      stop();
      const ended = { exit_code: exitCode, signal: by, timed_out: timedOut, left_behind: left ? 1 : 0 };
      resolve({ ...notRun, ...ended, wall_ms: wall });
    });
  });
}

/** The reading of a program that never ran. */
export const notRun: Reading = {
  ...noFigures,
  exit_code: null,
  signal: null,
  timed_out: false,
  left_behind: 0,
  exec_error: null,
};

/**
 * As long as the child runs, calls `stop` when the signal is aborted or when this process ends. If the signal is already aborted, calls
 * `stop` at once.
 */
export function stopWith(child: ChildProcess, signal: AbortSignal | undefined, stop: () => void): void {
  const leave = stopWithUs(stop, signal);
  child.once('close', leave);
  child.once('error', leave);
}

/** Whether a process of the group is still alive after `graceMs`. */
async function outlives(group: number | undefined): Promise<boolean> {
  const deadline = systemClock.ms() + graceMs;
  while (group && isAlive(group)) {
    if (systemClock.ms() > deadline) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
