import type { Profile } from '../model.ts';

/** What is to be profiled, and where the files go. */
export type CaptureRequest = {
  /** `none`, `node-cpu-prof`, `cprofile`, or the name of another profiler whose `command` is given. */
  tool: string;
  /** A command line with `{command}` for the repro and `{output}` for the file to write. */
  command?: string | undefined;
  /** What that command writes, relative to `cwd`, when it does not take `{output}`. */
  output_path?: string | undefined;
  /** The repro, as in the contract. */
  script: string;
  cwd: string;
  env: Record<string, string | undefined>;
  timeout_s: number;
  /** Where the profile's files are left. */
  outDir: string;
  /** For what is needed only meanwhile. */
  scratch: string;
  signal?: AbortSignal;
  /** Does what the repro needs around it, such as a service, in the environment of the profiler; what it needs has ended when it returns. */
  around?: <T>(env: CaptureRequest['env'], act: () => Promise<T>) => Promise<T>;
};

/** A profiler that fails is a result that is told, never an exception and never hidden. */
export type Capture =
  | {
      state: 'profiled';
      tool: string;
      /** Absolute paths in `outDir`. */
      files: string[];
      /** Null for a format that is kept but not read. */
      profile: Profile | null;
      parsed: boolean;
      note: string;
    }
  | {
      state: 'failed';
      tool: string;
      reason: string;
      /** The last lines that the command printed. */
      output: string;
    };
