import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForOutput, remove, temporaryDir } from '../../core/fs.ts';
import type { Instrument, Job, MethodName, Reading } from '../instruments/instrument.ts';
import { argvOf, type Shell } from './command.ts';

/** One execution of the repro command. */
export type Command = {
  script: string;
  shell: Shell;
  cwd: string;
  /** The whole environment; its TMPDIR takes the output while the program runs. */
  env: Record<string, string>;
  timeout_s: number;
  /** Whether stdout is needed; if not, it goes to /dev/null. */
  keepOutput: boolean;
  /** The CPUs it may use, as in `0-2,5`; all of them when left out. */
  cpus?: string;
  /** What it runs under, such as an instruction counter with its options. */
  under?: readonly [string, ...string[]];
};

/** Why an execution does not count. A slow one is not among them. */
type Cause =
  | { kind: 'exit'; code: number }
  | { kind: 'signal'; signal: string }
  | { kind: 'timeout'; seconds: number }
  | { kind: 'left_behind'; processes: number }
  | { kind: 'not_started'; program: string; error: string }
  | { kind: 'too_much_output'; bytes: number };

/** What was measured of one execution, with the method that measured it. */
export type Usage = { method: MethodName } & Pick<Reading, 'wall_ms' | 'user_ms' | 'sys_ms' | 'max_rss_kb'>;

export type Execution =
  | { state: 'ok'; usage: Usage; stdout: string }
  | { state: 'failed'; usage: Usage; cause: Cause; reason: string; stderr: string }
  | { state: 'aborted' };

/** Beyond this a JavaScript string becomes impossible, and a disk is full before the time is over: the program is ended. */
const mostOutput = 256 * 1024 * 1024;
const tailBytes = 4096;
/** How often the size of the output is looked at while a program runs: rarely, because it shares the machine with us. */
const lookMs = 500;

/** Runs the command once. Only an instrument that breaks throws; all that the program does is a value. */
export async function execute(command: Command, instrument: Instrument, signal?: AbortSignal): Promise<Execution> {
  if (signal?.aborted) return { state: 'aborted' };
  const dir = temporaryDir(command.env.TMPDIR ?? tmpdir(), 'pg-');
  const files = { stdout: join(dir, 'stdout'), stderr: join(dir, 'stderr') };
  const argv = runUnder(command.under, argvOf(command.script, command.shell));
  try {
    const { reading, bytes } = await measured(command, { argv, files, instrument }, signal);
    if (signal?.aborted) return { state: 'aborted' };
    const { wall_ms, user_ms, sys_ms, max_rss_kb } = reading;
    const usage = { method: instrument.method, wall_ms, user_ms, sys_ms, max_rss_kb };
    const cause = causeOf(reading, { argv, timeout_s: command.timeout_s, bytes });
    if (cause) return { state: 'failed', usage, cause, reason: reasonOf(cause), stderr: tail(files.stderr) };
    return { state: 'ok', usage, stdout: command.keepOutput ? readFileSync(files.stdout, 'utf8') : '' };
  } finally {
    remove(dir);
  }
}

type Setting = { argv: Job['argv']; files: { stdout: string; stderr: string }; instrument: Instrument };

async function measured(
  command: Command,
  { argv, files, instrument }: Setting,
  signal?: AbortSignal,
): Promise<{ reading: Reading; bytes: number }> {
  const stdout = command.keepOutput ? openForOutput(files.stdout) : ('ignore' as const);
  const stderr = openForOutput(files.stderr);
  const flood = new AbortController();
  const bytes = () => Math.max(...[stdout, stderr].map((fd) => (fd === 'ignore' ? 0 : fstatSync(fd).size)));
  const watch = setInterval(() => bytes() > mostOutput && flood.abort(), lookMs);
  try {
    // PWD is believed by many programs, and would lead an arm back into the project.
    const env = { ...command.env, PWD: command.cwd };
    const { cwd, timeout_s, cpus } = command;
    const job: Job = { argv, cwd, env, timeoutMs: timeout_s * 1000, output: { stdout, stderr } };
    const stop = signal ? AbortSignal.any([signal, flood.signal]) : flood.signal;
    const reading = await instrument.measure(cpus === undefined ? job : { ...job, cpus }, stop);
    return { reading, bytes: bytes() };
  } finally {
    clearInterval(watch);
    if (stdout !== 'ignore') closeSync(stdout);
    closeSync(stderr);
  }
}

function runUnder(under: Command['under'], argv: Job['argv']): Job['argv'] {
  const [program, ...options] = under ?? [];
  return program === undefined ? argv : [program, ...options, ...argv];
}

function causeOf(reading: Reading, f: { argv: Job['argv']; timeout_s: number; bytes: number }): Cause | undefined {
  if (f.bytes > mostOutput) return { kind: 'too_much_output', bytes: f.bytes };
  if (reading.exec_error !== null) return { kind: 'not_started', program: f.argv[0], error: reading.exec_error };
  if (reading.timed_out) return { kind: 'timeout', seconds: f.timeout_s };
  if (reading.signal !== null) return { kind: 'signal', signal: reading.signal };
  if (reading.exit_code !== 0) return { kind: 'exit', code: reading.exit_code ?? -1 };
  if (reading.left_behind > 0) return { kind: 'left_behind', processes: reading.left_behind };
  return undefined;
}

/** The cause as half a sentence: “it …”. */
function reasonOf(cause: Cause): string {
  switch (cause.kind) {
    case 'exit':
      return `exit code ${cause.code}`;
    case 'signal':
      return `ended by ${cause.signal}`;
    case 'timeout':
      return `not done after ${cause.seconds} s`;
    case 'left_behind':
      return `leaves ${cause.processes === 1 ? 'a background process' : `${cause.processes} background processes`} behind`;
    case 'not_started':
      return `“${cause.program}” cannot be started: ${cause.error}`;
    case 'too_much_output':
      return `prints ${Math.round(cause.bytes / 1024 / 1024)} MB, more than the ${mostOutput / 1024 / 1024} MB that are read`;
  }
}

/** The last 4 KB of a file, as text; dots say that there was more. */
export function tail(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    return `${size > tailBytes ? '…' : ''}${buffer.toString('utf8')}`;
  } finally {
    closeSync(fd);
  }
}
