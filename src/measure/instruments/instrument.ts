import type { Clock } from '../../core/clock.ts';
import type { Trust } from '../../core/compiled.ts';
import type { FigureName, Figures } from './figures.ts';

/** The methods that can measure an execution, best first. Samples of different methods are never compared. */
export const methodNames = ['native', 'python3', 'hyperfine', 'plain'] as const;
export type MethodName = (typeof methodNames)[number];

/**
 * The methods that measure the memory of a process tree, best first. The file tree-memory.h describes them. Samples of different methods
 * are never compared.
 */
export const treeMethods = ['cgroup', 'pss', 'rss'] as const;
export type TreeMethod = (typeof treeMethods)[number];

/** The description of one execution, for an instrument that starts it. `output` holds open files, or 'ignore' for /dev/null. */
export type Job = {
  argv: readonly [string, ...string[]];
  cwd: string;
  /** All environment variables of the program. */
  env: Record<string, string>;
  /** Milliseconds; 0 means no limit. */
  timeoutMs: number;
  output: { stdout: number | 'ignore'; stderr: number | 'ignore' };
  /** The descriptor of an open file for stdin. Without it, stdin is /dev/null. Not every method supports this (see `requireInput`). */
  input?: number;
  /** The text that the program reads from stdin, through a pipe instead of a file. Only methods with a helper program support this. */
  stdin?: string;
  /** The CPUs that the program may use, as in `0-2,5`. Not every method supports this (see `requirePinning`). */
  cpus?: string;
  /** The method that measures the memory of the process tree. Absent if that memory is not measured. */
  tree?: TreeMethod;
  /**
   * If true, processes that outlive the program are counted but not killed. Set for programs in a closed room (sandbox), whose processes
   * end with the room. Only `native` supports this.
   */
  leaves?: true;
  /**
   * A promise. The program begins when this promise is fulfilled, so that several programs can begin at the same time. Only methods with a
   * helper program support this.
   */
  begin?: Promise<void>;
  /** Wraps a command line so that the command runs in a closed room (sandbox). Only methods with a helper program support this. */
  within?(line: Job['argv']): Job['argv'];
};

/** The measured figures of one execution, and how it ended. */
export type Reading = Figures & {
  exit_code: number | null;
  /** Name of the signal that ended the program. */
  signal: string | null;
  timed_out: boolean;
  /**
   * The number of processes that were still alive after the program had ended. These processes were killed, except if `leaves` is set in
   * the job.
   */
  left_behind: number;
  /**
   * The time of the program's start in ms, by the clock CLOCK_MONOTONIC, which is the same for all processes of this machine. Only from
   * `native`.
   */
  start_ms?: number;
  /**
   * The wall time until the program itself ended, even if some of its processes ended later. Only the method `native` measures this time.
   */
  main_wall_ms?: number;
  /** The reason why the program could not be started. Null if the start succeeded. */
  exec_error: string | null;
  /**
   * Set if another process killed the helper or forged the helper's report. The text is a clause without a subject, such as `was ended by
   * SIGKILL`. The figures of such a reading must not be used.
   */
  helper_lost?: string;
};

/** A method that works on this machine. `sees`: the figures that the method measured when it was tried. Every method measures wall time. */
export type Instrument = Measuring & {
  sees: readonly FigureName[];
  /** The method that measures the memory of the process tree. Absent if no metric needs this memory. */
  tree?: TreeMethod;
};

/** A method that is prepared but not tried out yet. */
export type Measuring = {
  method: MethodName;
  /** Runs the job to its end. An abort ends everything that the job started, and the reading then covers the time until the abort. */
  measure(job: Job, signal?: AbortSignal): Promise<Reading>;
  /**
   * The command line that runs `argv` under a supervisor. On SIGINT, the supervisor sends SIGTERM to the program, so that it can end
   * cleanly. On SIGTERM, it kills the program with all descendants. It writes the reading to file descriptor 3. Null if the method has no
   * supervisor. `cpus` pins `argv` to CPUs.
   */
  supervise: ((argv: readonly string[], cpus?: string) => [string, ...string[]]) | null;
};

/** A method of measuring that is not prepared yet: it is not known whether the method works on this machine. */
export type Method = {
  name: MethodName;
  /** Prepares the method, or returns the reason why it does not work here. */
  prepare(env: NodeJS.ProcessEnv, trust?: Trust): Promise<Measuring | { missing: string }>;
};

/** The instrument, the clock and the abort signal of a session. */
export type Tools = {
  instrument: Instrument;
  clock: Clock;
  /** Aborted by Ctrl-C. An abort ends every process at once. */
  signal?: AbortSignal;
};
