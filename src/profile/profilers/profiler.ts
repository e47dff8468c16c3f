import type { DomainName } from '../../core/domain-names.ts';
import type { Capture, CaptureRequest } from '../capture/run.ts';

/** A row of the table of profilers: the projects that the profiler fits, how it is run, and how to install it. */
export type Profiler = {
  tool: string;
  title: string;
  /** The domains that the profiler fits; by default every domain that is about time. */
  domains?: readonly DomainName[];
  /** The languages that the profiler fits, as named by the detection of the project; by default all. */
  languages?: readonly string[];
  /** The only operating system that the profiler runs on. */
  platform?: 'linux' | 'darwin';
  /** If set, the profiler is chosen only if this tool was detected in the project. */
  beside?: string;
  /** False if the profiler cannot profile services, which have threads and are ended by a signal. */
  service?: false;
  /** A pattern that the measured command must match. */
  runs?: RegExp;
  /**
   * False if `profiler: auto` never chooses the profiler. The reason is that the profiler's output does not contain functions or lines, or
   * that the program itself must write the profile.
   */
  auto?: false;
  /** The name of the file that the profiler writes; its ending shows the format. */
  output: string;
  /** A command that exits with 0 if the profiler is installed. Empty if no check is needed. */
  present: readonly string[];
  install: string;
} & Way;

/** How a profiler is run: by a command, by code of perf-gate, or only manually. */
type Way =
  | {
      by: 'command';
      /** A command line, in which `{command}` stands for the measured command, and `{output}` for the file to write. */
      command: string;
    }
  | {
      by: 'engine';
      /** Takes a profile. The profiler's code is loaded when `capture` is called, because reading a contract needs only the table. */
      capture(request: CaptureRequest): Promise<Capture>;
    }
  | { by: 'hand' };
