import { closeSync, fstatSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Contact } from '../../cage/sink/sink.ts';
import { openForOutput, removeFile } from '../../core/fs.ts';
import type { Job, Measuring, Reading } from '../../measure/instruments/instrument.ts';
import { floodGuard } from '../../measure/sessions/execute.ts';
import type { Cage } from './cage.ts';
import { type Ended, missingPrograms, type Outcome, outcomeOf } from './outcome.ts';
import type { CommandHook } from './runnable.ts';
import { clientVariables, fromSettings, inherited, type Session } from './session.ts';
import { waitingGuard } from './waiting.ts';

/**
 * One execution of a hook. Times in ms, memory in KB. `wall_ms` does not include the time of processes that still run after the hook has
 * ended.
 */
export type Run = {
  /** The name of the input on which the hook ran. */
  input: string;
  outcome: Outcome;
  /** The time until the hook's main process ended. */
  wall_ms: number;
  /** CPU time of all processes of the hook, user and system. */
  cpu_ms: number;
  /** The peak memory of the hook's largest process. */
  max_rss_kb: number | null;
  exit_code: number | null;
  signal: string | null;
  stdout_bytes: number;
  stderr_bytes: number;
  /** The first 10 kB. */
  stdout: string;
  stderr: string;
  /** The number of processes that were still running when the hook's main process had ended. */
  left_behind: number;
  /** The names of programs that the hook called, but that do not exist. */
  missing: string[];
  /** The hosts that the hook contacted, as recorded by the sink. Null without a sink. */
  contacts: Contact[] | null;
};

/** The hosts that the executions contacted, as recorded by the sink. Each host is listed once. */
export const hostsOf = (runs: readonly Pick<Run, 'contacts'>[]): string[] => [
  ...new Set(runs.flatMap(({ contacts }) => contacts ?? []).map((one) => ('dns' in one ? one.dns : one.host))),
];

/** One execution of a hook, with its start. `start_ms`: the start on a clock that all executions share. */
export type Timed = { run: Omit<Run, 'input'>; start_ms: number };

/**
 * The parameters of an execution that do not depend on the hook. `limitMs`: perf-gate's own time limit, which applies if Claude Code's
 * limit is longer. Each second, `tell` is called with the time that the execution has taken, in s.
 */
export type Ground = {
  cage: Cage;
  measuring: Measuring;
  env: NodeJS.ProcessEnv;
  /** Variables that settings give to hooks, unchecked. */
  settings: Readonly<Record<string, string>>;
  limitMs: number;
  signal?: AbortSignal;
  tell: (seconds: number) => void;
};

/**
 * The parameters of one execution. `under`: wraps the command line. `begin`: delays the start. `beside`: whether other executions run in
 * the same cage at the same time. If so, perf-gate cannot know which execution contacted a host.
 */
export type Asked = {
  hook: CommandHook;
  session: Session;
  stdin: string;
  under?: (argv: Job['argv']) => Job['argv'];
  begin?: Promise<void>;
  beside?: true;
};

/** The largest number of bytes that are stored of one output stream. */
const KEPT = 10_000;

let executions = 0;

/** Runs a hook once in a cage, as Claude Code runs it. Returns how it ended. @throws instrument_broken */
export async function execute(asked: Asked, ground: Ground): Promise<Timed> {
  const { cage, measuring, limitMs, signal } = ground;
  const { hook, session, under = (argv) => argv } = asked;
  const number = ++executions;
  const files = ['stdout', 'stderr'].map((name) => join(cage.outputs, `${number}-${name}`));
  const [stdout, stderr] = files.map(openForOutput) as [number, number];
  const clientMs = hook.timeout_s.effective * 1000;
  const flood = floodGuard(stdout, stderr, signal);
  const waiting = cage.cpuMs && cage.network !== 'real' ? waitingGuard(cage.cpuMs, ground.tell) : null;
  const variables = clientVariables(
    { ...hook, root: hook.root && cage.seen(hook.root) },
    { session, place: cage.place, parent: parentOf(hook) },
  );
  try {
    const reading = await measuring.measure(
      {
        argv: under(argvOf(hook, variables)),
        cwd: cage.place.project,
        env: {
          ...inherited(ground.env, cage.place, cage.network === 'real'),
          ...fromSettings(ground.settings),
          ...variables,
        },
        timeoutMs: Math.min(limitMs, clientMs),
        stdin: asked.stdin,
        output: { stdout, stderr },
        within: (line) => cage.enter(line, parentOf(hook)),
        ...(cage.walls === 'namespaces' ? { leaves: true } : {}),
        ...(asked.begin ? { begin: asked.begin } : {}),
      },
      waiting ? AbortSignal.any([flood.stop, waiting.stop]) : flood.stop,
    );
    const byLimit = clientMs <= limitMs ? 'by_client' : 'by_us';
    const ended = reading.timed_out ? byLimit : waiting?.stop.aborted && reading.exit_code === null ? 'waiting' : null;
    const contacts = asked.beside ? null : await cage.contacts();
    const output = { stdout: headOf(stdout), stderr: headOf(stderr) };
    return {
      run: runOf(reading, { ...output, contacts, ended }),
      start_ms: reading.start_ms ?? 0,
    };
  } finally {
    flood.leave();
    waiting?.leave();
    for (const fd of [stdout, stderr]) closeSync(fd);
    for (const file of files) removeFile(file);
  }
}

type Output = { bytes: number; text: string };

function runOf(
  reading: Reading,
  f: { stdout: Output; stderr: Output; contacts: Contact[] | null; ended: Ended['ended'] },
): Timed['run'] {
  const { exit_code, signal, left_behind } = reading;
  const outcome = outcomeOf({
    exit_code,
    ended: f.ended,
    not_started: reading.exec_error,
    lost: reading.helper_lost !== undefined,
    stderr: f.stderr.text,
  });
  return {
    outcome,
    wall_ms: reading.main_wall_ms ?? reading.wall_ms,
    cpu_ms: (reading.user_ms ?? 0) + (reading.sys_ms ?? 0),
    max_rss_kb: reading.max_rss_kb,
    exit_code,
    signal,
    stdout_bytes: f.stdout.bytes,
    stderr_bytes: f.stderr.bytes,
    stdout: f.stdout.text,
    stderr: f.stderr.text,
    left_behind,
    missing: missingPrograms(f.stderr.text),
    contacts: f.contacts,
  };
}

function headOf(fd: number): Output {
  const { size } = fstatSync(fd);
  const buffer = Buffer.alloc(Math.min(size, KEPT));
  return { bytes: size, text: buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0)) };
}

/**
 * The process id of the hook's parent in the cage. Hooks store state under this id, so the id is the same in all executions of a plugin's
 * hooks.
 */
const parentOf = ({ plugin }: CommandHook): number =>
  1000 + [...(plugin ?? '')].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 10_000, 0);

/**
 * Names that Claude Code replaces by their values. In a shell command, Claude Code replaces them before a shell reads the command. In exec
 * form, Claude Code replaces them in each word.
 */
const replaced = /\$\{(CLAUDE_PLUGIN_ROOT|CLAUDE_PLUGIN_DATA|CLAUDE_PROJECT_DIR)\}/g;

/** The command line of a hook. The command runs in a shell or, in exec form, directly. */
function argvOf({ handler }: CommandHook, variables: Record<string, string>): Job['argv'] {
  const withVariables = (text: string) => text.replace(replaced, (all, name: string) => variables[name] ?? all);
  if (handler.args === null) return ['/bin/sh', '-c', withVariables(handler.command)];
  return [withVariables(handler.command), ...handler.args.map(withVariables)];
}
