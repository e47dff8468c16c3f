import type { Clock } from '../../core/clock.ts';
import type { Trust } from '../../core/compiled.ts';
import type { FigureName, Figures } from './figures.ts';

/** The methods that can measure an execution, best first. Values of different methods are never compared. */
export const methodNames = ['native', 'python3', 'hyperfine', 'plain'] as const;
export type MethodName = (typeof methodNames)[number];

/** The ways to measure the memory of a process tree, best first (tree-memory.h). Values of different ways are never compared. */
export const treeMethods = ['cgroup', 'pss', 'rss'] as const;
export type TreeMethod = (typeof treeMethods)[number];

/** One execution, ready to be started: `output` holds open files, or 'ignore' for /dev/null. */
export type Job = {
  argv: readonly [string, ...string[]];
  cwd: string;
  /** The whole environment of the program. */
  env: Record<string, string>;
  /** Milliseconds; 0 means no limit. */
  timeoutMs: number;
  output: { stdout: number | 'ignore'; stderr: number | 'ignore' };
  /** An open file for stdin (`requireInput`); without it, /dev/null. */
  input?: number;
  /** The text that the program reads from stdin, through a pipe instead of a file; only helpers support it. */
  stdin?: string;
  /** The CPUs that the program may use, as in `0-2,5`; only some methods can pin (`requirePinning`). */
  cpus?: string;
  /** The method that measures the memory of the process tree; without it, that is not measured. */
  tree?: TreeMethod;
  /** Processes that outlive the program are counted but not killed, because their room ends them; only `native` supports it. */
  leaves?: true;
  /** The program begins once this is fulfilled, so that several can begin together; only helpers support it. */
  begin?: Promise<void>;
  /** Wraps a command line so that it runs in a closed room; only helpers can run there. */
  within?(line: Job['argv']): Job['argv'];
};

/** The measured figures of one execution, and how it ended. */
export type Reading = Figures & {
  exit_code: number | null;
  /** Name of the signal that ended it. */
  signal: string | null;
  timed_out: boolean;
  /** Processes that were still alive after the program had ended; they were killed, unless the job leaves them. */
  left_behind: number;
  /** The start, by the clock that all processes of this machine share (CLOCK_MONOTONIC); only from `native`. */
  start_ms?: number;
  /** The wall time of the program itself, without processes that outlived it; only from `native`. */
  main_wall_ms?: number;
  /** The reason why the program could not be started; null if it was. */
  exec_error: string | null;
  /** Set if another process killed the helper or forged its report, in words that follow “it”. Then no figure counts. */
  helper_lost?: string;
};

/** A method that works on this machine. `sees`: the figures that it measured in a trial; every method measures wall time. */
export type Instrument = Measuring & {
  sees: readonly FigureName[];
  /** How it measures the memory of the process tree; absent if no metric needs that. */
  tree?: TreeMethod;
};

/** A method that was not tried out yet. */
export type Measuring = {
  method: MethodName;
  /** Runs the job to its end. An abort ends everything that the job started; the reading then covers the part that ran. */
  measure(job: Job, signal?: AbortSignal): Promise<Reading>;
  /**
   * The command line that runs `argv` under a supervisor: SIGINT asks it to end, SIGTERM kills all its descendants, and the reading
   * goes to file descriptor 3. Null if the method has no supervisor. `cpus` pins `argv` to CPUs.
   */
  supervise: ((argv: readonly string[], cpus?: string) => [string, ...string[]]) | null;
};

/** A row of the table of methods. */
export type Method = {
  name: MethodName;
  /** Prepares the method, or returns the reason why it does not work here. */
  prepare(env: NodeJS.ProcessEnv, trust?: Trust): Promise<Measuring | { missing: string }>;
};

/** The tools that measure a session. */
export type Tools = {
  instrument: Instrument;
  clock: Clock;
  /** Aborted by Ctrl-C: ends every process at once. */
  signal?: AbortSignal;
};
