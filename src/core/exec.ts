import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { keepEnd } from './kept-output.ts';

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
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return toItsEnd(file, args, options, { guarded: false, keeps: 'all' });
}

/** `guarded`: with a pipe on descriptor 3. `keeps`: how much of what it prints. */
async function toItsEnd(
  file: string,
  args: readonly string[],
  options: RunOptions,
  { guarded, keeps }: { guarded: boolean; keeps: 'all' | 'end' },
): Promise<Finished> {
  const { execa } = await import('execa');
  const child = execa(file, [...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? process.env,
    extendEnv: false,
    ...(options.input === undefined ? {} : { input: options.input }),
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', ...(guarded ? (['pipe'] as const) : [])],
    buffer: keeps === 'all' ? { fd3: false } : false,
    detached: true,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 256 * 1024 * 1024,
  });
  const said = keeps === 'end' && { stdout: keepEnd(child.stdout), stderr: keepEnd(child.stderr) };
  const guard = child.stdio[3] as Socket | undefined;
  guard?.on('error', () => {}); // the guard went with its group
  child.once('exit', () => guard?.end('\n'));
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
      stdout: said ? said.stdout() : (result.stdout ?? ''),
      stderr: said ? said.stderr() : (result.stderr ?? ''),
    };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    process.removeListener('exit', leave);
  }
}

/**
 * Runs a command line of the user through `sh -c`, and keeps the end of what it prints. It ends with us, however we end: a command that
 * goes on alone would edit files behind the back of the run that resumes.
 */
export function runScript(script: string, options: RunOptions = {}): Promise<Finished> {
  return toItsEnd('/bin/sh', ['-c', GUARDED, '/bin/sh', '-c', script], options, { guarded: true, keeps: 'end' });
}

/** The same for a program with its arguments, of which the shell reads nothing; all that it prints is kept. */
export function runAlong(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return toItsEnd('/bin/sh', ['-c', GUARDED, file, ...args], options, { guarded: true, keeps: 'all' });
}

/**
 * One process of the group waits for a line on descriptor 3, which comes when the command has ended. Our death, even by SIGKILL,
 * closes the pipe instead, and then it ends the group: politely first, so that a git among them takes its locks away. Plain `sh`,
 * because there may be no compiler for the measuring helper.
 */
const GUARD = "trap '' TERM; read -r _ <&3 || { kill -TERM -$$; sleep 0.2; kill -KILL -$$; }";
const GUARDED = `(${GUARD}) >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"`;

/** Starts a program and returns at once: for the measuring helper, whose file descriptors the caller wires, and for services. */
export function start(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(file, [...args], options);
}

/** SIGKILL to one process; one that is gone already is fine. */
export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
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
