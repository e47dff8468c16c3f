import type { DomainName } from '../../core/domain-names.ts';
import type { Capture, CaptureRequest } from '../capture/run.ts';

/** A profiler: the projects that it fits, how it runs, and how to install it. */
export type Profiler = {
  tool: string;
  title: string;
  /** The domains that it fits; by default every domain that is about time. */
  domains?: readonly DomainName[];
  /** The languages that it can profile, as recon names them; by default all. */
  languages?: readonly string[];
  /** The only operating system that it runs on. */
  platform?: 'linux' | 'darwin';
  /** A tool that recon must have found in the project. */
  beside?: string;
  /** False if it cannot profile services, which have threads and are ended by a signal. */
  service?: false;
  /** A pattern that the command must match. */
  runs?: RegExp;
  /** False if `profiler: auto` never chooses it, because its output names no places, or the program must write it. */
  auto?: false;
  /** The name of the file that it writes; the ending shows the format. */
  output: string;
  /** A command that exits with 0 if the tool is installed; empty if no check is needed. */
  present: readonly string[];
  install: string;
} & Way;

/** How a profiler is run: by a command, by the engine, or only manually. */
type Way =
  | {
      by: 'command';
      /** `{command}` stands for the measured command, `{output}` for the file to write. */
      command: string;
    }
  | {
      by: 'engine';
      /** Takes a profile. Its code is loaded when it is called, because reading a contract needs only the table. */
      capture(request: CaptureRequest): Promise<Capture>;
    }
  | { by: 'hand' };
