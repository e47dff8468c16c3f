import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { touch } from './fs.ts';

/** How a child process ended, with its output. A non-zero exit code is returned, not thrown. */
export type Finished = {
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
  /** True if the program could not be started: it was not found, or it is not executable. */
  notFound: boolean;
  stdout: string;
  stderr: string;
};

export type RunOptions = {
  cwd?: string;
  /** All environment variables of the child. If left out, the child gets the environment of this process. */
  env?: Record<string, string | undefined>;
  input?: string | Uint8Array;
  timeoutMs?: number;
  /** When this signal is aborted, the child and its whole process group are ended. */
  signal?: AbortSignal;
  /**
   * A file whose modification time is the last time at which the command was still running. This time is correct even if perf-gate is
   * killed. Only for `runCommand`, `runScript` and `runAlong`.
   */
  aliveFile?: string;
  /** Called with each piece of the command's stderr. */
  heard?: (text: string) => void;
};

/**
 * The interval in ms at which perf-gate touches the alive file. If perf-gate dies, the guard touches this file one last time. If the guard
 * is killed together with perf-gate, the time of the file is up to 500 ms too early.
 */
const LIFE_MS = 500;

/**
 * Runs a program to its end, without a shell. The child leads its own process group, and a time-out or an abort ends the whole group. The
 * time-out of execa would end only the child, and perf-gate would then wait for a grandchild that keeps a pipe open.
 */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return toItsEnd(file, args, options, { guarded: false, keeps: 'all' });
}

/**
 * `guarded`: whether the command line starts the guard (see `GUARD`), so that the child needs a pipe on descriptor 3. `keeps`: whether the
 * whole output is returned, or only its end.
 */
async function toItsEnd(
  file: string,
  args: readonly string[],
  options: RunOptions,
  { guarded, keeps }: { guarded: boolean; keeps: 'all' | 'end' },
): Promise<Finished> {
  const { execa } = await import('execa');
  const isAlive = () => options.aliveFile && signOfLife(options.aliveFile);
  isAlive();
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
  if (options.heard) child.stderr?.setEncoding('utf8').on('data', options.heard);
  const kept = keeps === 'end' && { stdout: keepEnd(child.stdout), stderr: keepEnd(child.stderr) };
  const guard = child.stdio[3] as Socket | undefined;
  guard?.on('error', () => {}); // the pipe is broken if the guard was killed with its group
  child.once('exit', () => guard?.end('\n'));
  let timedOut = false;
  const stop = () => killGroup(child.pid);
  const timer = options.timeoutMs
    ? setTimeout(() => {
        timedOut = true;
        stop();
      }, options.timeoutMs)
    : undefined;
  const life = options.aliveFile ? setInterval(isAlive, LIFE_MS) : undefined;
  const settled = stopWithUs(() => {
    stop();
    isAlive();
  }, options.signal);
  try {
    const result = await child;
    const code = (result as { code?: string }).code;
    return {
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      timedOut,
      notFound: code === 'ENOENT' || code === 'EACCES',
      stdout: kept ? kept.stdout() : (result.stdout ?? ''),
      stderr: kept ? kept.stderr() : (result.stderr ?? ''),
    };
  } finally {
    clearTimeout(timer);
    clearInterval(life);
    isAlive();
    settled();
  }
}

/**
 * Touches the alive file. Errors are ignored, so that a full disk or a removed folder does not stop a command. The file then keeps the time
 * of an earlier touch.
 */
function signOfLife(file: string): void {
  try {
    touch(file);
  } catch {}
}

/**
 * Calls `stop` when the signal is aborted or this process ends. If the signal is aborted already, calls `stop` at once. Returns a function
 * that cancels these calls of `stop`.
 */
export function stopWithUs(stop: () => void, signal?: AbortSignal): () => void {
  if (signal?.aborted) stop();
  const waiting = [atExit(), ...(signal ? [atAbort(signal)] : [])];
  for (const stops of waiting) stops.add(stop);
  return () => {
    for (const stops of waiting) stops.delete(stop);
  };
}

type Stops = Set<() => void>;

/**
 * For an abort signal: the functions to call when the signal is aborted. For this process: the functions to call when it ends. Each signal
 * has one listener, which calls all its functions, because Node warns of a leak if an object has more than ten listeners. So has this
 * process.
 */
const endings = new WeakMap<AbortSignal | NodeJS.Process, Stops>();

const atExit = () => stopsAt(process, (stopAll) => process.once('exit', stopAll));
const atAbort = (signal: AbortSignal) =>
  stopsAt(signal, (stopAll) => signal.addEventListener('abort', stopAll, { once: true }));

function stopsAt(end: AbortSignal | NodeJS.Process, listen: (stopAll: () => void) => void): Stops {
  const known = endings.get(end);
  if (known) return known;
  const stops: Stops = new Set();
  endings.set(end, stops);
  listen(() => {
    for (const stop of stops) stop();
  });
  return stops;
}

/**
 * Runs a command line of the user with `sh -c`, and keeps the end of its output. The command ends when this process ends, also after
 * SIGKILL. Otherwise the command could still edit files after `resume` continues the run.
 */
export function runScript(script: string, options: RunOptions = {}): Promise<Finished> {
  return runCommand(['/bin/sh', '-c', script], options);
}

/** Like `runScript`, but without a shell. */
export function runCommand(
  [file, ...args]: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<Finished> {
  return toItsEnd('/bin/sh', ['-c', GUARDED, file, options.aliveFile ?? '', ...args], options, {
    guarded: true,
    keeps: 'end',
  });
}

/** Like `runCommand`, but returns the whole output, not only its end. */
export function runAlong(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return toItsEnd('/bin/sh', ['-c', GUARDED, file, options.aliveFile ?? '', ...args], options, {
    guarded: true,
    keeps: 'all',
  });
}

/**
 * The shell code of the guard, a process in the command's process group. The guard waits on descriptor 3 for a line, which perf-gate sends
 * after the command has ended. If perf-gate dies, even by SIGKILL, the pipe closes without this line. The guard then touches the alive file
 * and ends the process group. The first signal is SIGTERM, so that a git process in the group can remove its locks. The guard is written in
 * plain `sh`, because some machines have no C compiler.
 */
const GUARD = `trap '' TERM; read -r _ <&3 || { [ -z "$1" ] || : > "$1"; kill -TERM -$$; sleep 0.2; kill -KILL -$$; }`;
const GUARDED = `(${GUARD}) >/dev/null 2>&1 & exec 3<&-; shift; exec "$0" "$@"`;

/** Starts a program and returns at once. The caller sets up the file descriptors. Used for services and for the helper that measures. */
export function start(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(file, [...args], options);
}

/** Sends SIGKILL to a process; does nothing if the process has ended. */
export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Sends SIGKILL to a whole process group; does nothing if the group has ended. */
export function killGroup(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * The maximum number of bytes of a command's output that are kept. From a longer output, the last bytes are kept. The limit is so high that
 * the transcript of an agent fits.
 */
const KEPT_BYTES = 16 * 1024 ** 2;

/**
 * Reads a stream to its end, keeps the last `KEPT_BYTES` bytes, and counts the bytes before them. The returned function returns the kept
 * text. It must be called after the stream has ended.
 */
function keepEnd(stream: Readable | null): () => string {
  let kept: Buffer[] = [];
  let size = 0;
  let dropped = 0;
  const last = () => {
    const all = Buffer.concat(kept);
    return all.subarray(Math.max(0, all.length - KEPT_BYTES));
  };
  stream?.on('data', (chunk: Buffer) => {
    kept.push(chunk);
    size += chunk.length;
    if (size < 2 * KEPT_BYTES) return;
    kept = [last()];
    dropped += size - KEPT_BYTES;
    size = KEPT_BYTES;
  });
  return () => {
    const text = last();
    const left = dropped + size - text.length;
    return left > 0 ? `… (${left} bytes before this)\n${text.toString('utf8')}` : text.toString('utf8');
  };
}
