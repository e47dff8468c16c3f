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
  /** An open file for stdin (`requireInput`); /dev/null when left out. */
  input?: number;
  /** The text that it reads from stdin, through a pipe, in place of a file; only helpers can give it. */
  stdin?: string;
  /** The CPUs it may use, as in `0-2,5`; only some methods can pin (`requirePinning`). */
  cpus?: string;
  /** Measure the memory of the process tree in this way. */
  tree?: TreeMethod;
  /** What lives longer than the program is counted and left running, for a room that ends it; only `native` can. */
  leaves?: true;
  /** Lets the program begin, for several that shall begin together; only helpers wait for it. */
  begin?: Promise<void>;
  /** The command line that runs another one in a closed room; only helpers can run there. */
  within?(line: Job['argv']): Job['argv'];
};

/** What was measured of one execution, and how it ended. */
export type Reading = Figures & {
  exit_code: number | null;
  /** Name of the signal that ended it. */
  signal: string | null;
  timed_out: boolean;
  /** Processes that were still alive after the program had ended; they were killed, unless the job leaves them. */
  left_behind: number;
  /** When it began, by the clock that all processes of this machine share (CLOCK_MONOTONIC); only `native` tells. */
  start_ms?: number;
  /** The wall time of the program itself, without processes that outlived it; only `native` tells. */
  main_wall_ms?: number;
  /** Why the program could not be started at all. */
  exec_error: string | null;
  /** How the helper ended that should have measured, if somebody ended it or wrote in its place: no figure counts. */
  helper_lost?: string;
};

/** A method that works on this machine. `sees`: the figures that it gave of a trial; every method sees wall time. */
export type Instrument = Measuring & {
  sees: readonly FigureName[];
  /** How it measures the memory of the process tree; left out where no metric asks for that. */
  tree?: TreeMethod;
};

/** How a method measures, before it was tried out. */
export type Measuring = {
  method: MethodName;
  /** Runs the job to its end. An abort ends everything that the job started; the reading then covers the part that ran. */
  measure(job: Job, signal?: AbortSignal): Promise<Reading>;
  /**
   * The command line that runs `argv` under a supervisor: SIGINT asks it to end, SIGTERM kills all its descendants, and the reading
   * goes to file descriptor 3. Null where the method has no supervisor. `cpus` pins `argv` to CPUs.
   */
  supervise: ((argv: readonly string[], cpus?: string) => [string, ...string[]]) | null;
};

/** A row of the table of methods. */
export type Method = {
  name: MethodName;
  /** The method, ready to measure, or why the method does not work here. */
  prepare(env: NodeJS.ProcessEnv, trust?: Trust): Promise<Measuring | { missing: string }>;
};

/** What a session is measured with. */
export type Tools = {
  instrument: Instrument;
  clock: Clock;
  /** Raised by Ctrl-C: ends every process at once. */
  signal?: AbortSignal;
};
