import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** How a child process ended, with its output. A non-zero exit is a value here, not an exception. */
export type Finished = {
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
  /** True when the program could not be started at all (not found, not executable). */
  notFound: boolean;
  stdout: string;
  stderr: string;
};

export type RunOptions = {
  cwd?: string;
  /** The whole environment of the child; the parent's when left out. */
  env?: Record<string, string | undefined>;
  input?: string | Uint8Array;
  timeoutMs?: number;
  /** Ends the child and everything it started. */
  signal?: AbortSignal;
};

/**
 * Runs a program to its end, without a shell. The child leads a process group of its own, so that a time-out or an abort
 * ends its children too: execa's own time-out waits for as long as a grandchild holds a pipe open.
 */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { execa } = await import('execa');
  const child = execa(file, [...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? process.env,
    extendEnv: false,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    detached: true,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 256 * 1024 * 1024,
  });
  let timedOut = false;
  const stop = () => killGroup(child.pid);
  const timer = options.timeoutMs
    ? setTimeout(() => {
        timedOut = true;
        stop();
      }, options.timeoutMs)
    : undefined;
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  const leave = () => stop();
  process.once('exit', leave);
  try {
    const result = await child;
    const code = (result as { code?: string }).code;
    return {
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      timedOut,
      notFound: code === 'ENOENT' || code === 'EACCES',
      stdout: result.stdout ?? '',
      stderr: result.stderr ?? '',
    };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    process.removeListener('exit', leave);
  }
}

/** Runs a command line of the user through `sh -c`. */
export function runScript(script: string, options: RunOptions = {}): Promise<Finished> {
  return run('/bin/sh', ['-c', script], options);
}

/** Starts a program and returns at once: for the measuring helper, whose file descriptors the caller wires, and for services. */
export function start(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(file, [...args], options);
}

/** SIGKILL to a whole process group; a group that is gone already is fine. */
export function killGroup(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
