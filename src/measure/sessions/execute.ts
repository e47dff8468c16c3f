import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openForOutput, remove, temporaryDir } from '../../core/fs.ts';
import { type Figures, figuresOf, noFigures } from '../instruments/figures.ts';
import type { Instrument, Job, MethodName, Reading } from '../instruments/instrument.ts';
import { type ArmRoom, temporaryOf } from './arm.ts';
import { argvOf, type Shell } from './command.ts';
import { type Cause, causeOf, type Exits, mostOutput, reasonOf } from './fault.ts';

/** One execution of the repro command. */
export type Command = {
  script: string;
  shell: Shell;
  cwd: string;
  /** The whole environment. */
  env: Record<string, string>;
  timeout_s: number;
  /** Whether stdout is needed. If not, stdout goes to /dev/null. */
  keepOutput: boolean;
  /** The CPUs that the command may use, as in `0-2,5`. Without it, all CPUs. */
  cpus?: string;
  /** The file on the command's stdin, relative to `cwd`. Without this file, stdin is empty. */
  input?: string;
  exits?: Exits;
  /** The command line of a program that runs the command, such as a counter of instructions. */
  under?: readonly [string, ...string[]];
  /** The closed room (sandbox) that the command runs in. */
  room?: ArmRoom;
};

/** The figures of one execution, and the method that measured them. */
export type Usage = { method: MethodName } & Figures;

export type Execution =
  | { state: 'ok'; usage: Usage; exitCode: number; stdout: string }
  | { state: 'failed'; usage: Usage; cause: Cause; reason: string; stderr: string }
  | { state: 'aborted' };

const tailBytes = 4096;
/**
 * The interval in ms between checks of the output's size while a program runs. The interval is long, because each check slows the program.
 */
const lookMs = 500;

/** Runs the command once. If the program fails, the failure is returned as a value. @throws `instrument_broken`: the instrument failed. */
export async function execute(command: Command, instrument: Instrument, signal?: AbortSignal): Promise<Execution> {
  if (signal?.aborted) return { state: 'aborted' };
  const dir = temporaryDir(temporaryOf(command), 'pg-');
  const files = { stdout: join(dir, 'stdout'), stderr: join(dir, 'stderr') };
  const argv = runUnder(command.under, argvOf(command.script, command.shell));
  try {
    const unread = command.input === undefined ? undefined : inputProblem(resolve(command.cwd, command.input));
    if (unread) {
      const usage = { method: instrument.method, ...noFigures };
      return { state: 'failed', usage, cause: unread, reason: reasonOf(unread), stderr: '' };
    }
    const { reading, bytes, stdout, stderr } = await measured(command, { argv, files, instrument }, signal);
    if (signal?.aborted) return { state: 'aborted' };
    const usage = { method: instrument.method, ...figuresOf(reading) };
    const { timeout_s, exits = [] } = command;
    const cause = causeOf(reading, { argv, timeout_s, bytes, exits });
    if (cause) return { state: 'failed', usage, cause, reason: reasonOf(cause), stderr };
    return { state: 'ok', usage, exitCode: reading.exit_code ?? 0, stdout };
  } finally {
    remove(dir);
  }
}

type Setting = { argv: Job['argv']; files: { stdout: string; stderr: string }; instrument: Instrument };

async function measured(
  command: Command,
  { argv, files, instrument }: Setting,
  signal?: AbortSignal,
): Promise<{ reading: Reading; bytes: number; stdout: string; stderr: string }> {
  const stdout = command.keepOutput ? openForOutput(files.stdout) : ('ignore' as const);
  const stderr = openForOutput(files.stderr);
  const input = command.input === undefined ? undefined : openSync(resolve(command.cwd, command.input), 'r');
  const flood = floodGuard(stdout, stderr, signal);
  try {
    // Many programs read their working directory from PWD. The PWD of perf-gate itself is outside the arm, so the command gets another PWD.
    const { cwd, timeout_s, cpus, room } = command;
    const env = { ...command.env, PWD: room?.at ?? cwd };
    const within = room ? { within: (line: Job['argv']) => room.enter(line, room.at) } : {};
    const given = { ...(cpus === undefined ? {} : { cpus }), ...(input === undefined ? {} : { input }) };
    const job: Job = { argv, cwd, env, timeoutMs: timeout_s * 1000, output: { stdout, stderr }, ...given, ...within };
    const reading = await instrument.measure(job, flood.stop);
    const size = flood.bytes();
    const isRead = stdout !== 'ignore' && size <= mostOutput;
    return { reading, bytes: size, stdout: isRead ? textFrom(stdout, 0) : '', stderr: tailOf(stderr) };
  } finally {
    flood.leave();
    if (stdout !== 'ignore') closeSync(stdout);
    closeSync(stderr);
    if (input !== undefined) closeSync(input);
  }
}

/**
 * Watches the sizes of stdout and stderr. The returned signal `stop` is aborted when an output grows too long, or when `signal` is aborted.
 * `bytes` returns the size of the larger output.
 */
export function floodGuard(stdout: number | 'ignore', stderr: number | 'ignore', signal?: AbortSignal) {
  const flood = new AbortController();
  const bytes = () => Math.max(...[stdout, stderr].map((fd) => (fd === 'ignore' ? 0 : fstatSync(fd).size)));
  const watch = setInterval(() => bytes() > mostOutput && flood.abort(), lookMs);
  const stop = signal ? AbortSignal.any([signal, flood.signal]) : flood.signal;
  return { stop, bytes, leave: () => clearInterval(watch) };
}

/**
 * The reason why a file cannot be used as stdin. Undefined if it can be used. Only regular files and /dev/null are allowed, because a FIFO
 * or a device possibly never ends.
 */
function inputProblem(file: string): Cause | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() || file === '/dev/null') return undefined;
  return { kind: 'no_input', file, found: found ? 'is no regular file' : 'is not there' };
}

function runUnder(under: Command['under'], argv: Job['argv']): Job['argv'] {
  const [program, ...options] = under ?? [];
  return program === undefined ? argv : [program, ...options, ...argv];
}

/** The last 4 KB of an open file, as text. If the file is longer, the text begins with `…`. */
export function tailOf(fd: number): string {
  const { size } = fstatSync(fd);
  return `${size > tailBytes ? '…' : ''}${textFrom(fd, Math.max(0, size - tailBytes))}`;
}

/**
 * The text that begins at the offset `start`. The file is read by descriptor, because the program can replace the output's path by another
 * file or a FIFO.
 */
function textFrom(fd: number, start: number): string {
  const buffer = Buffer.alloc(Math.max(0, fstatSync(fd).size - start));
  return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, start));
}
