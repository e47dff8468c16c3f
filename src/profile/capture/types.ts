import type { Profile } from '../model.ts';

/** What is to be profiled, and where the files go. */
export type CaptureRequest = {
  /** `none`, one that the engine runs by itself (`capture.ts`), or the name of another whose `command` is given. */
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
  /** The service that the repro needs. */
  service?: ServiceAround;
};

/** A service that runs while something is done. */
type ServiceAround = {
  /** Whether the repro only makes a load, so that what is to be profiled is the service. */
  isProfiled: boolean;
  /** Its command line, as in the contract. */
  start: string;
  /** Starts it by `start` in the environment `env`, acts, and ends it by SIGTERM: it has ended, or was killed, when this returns. */
  around<T>(start: string, env: CaptureRequest['env'], act: () => Promise<T>): Promise<T>;
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
      /** The command itself failed: another profiler would not help. */
      commandFailed?: true;
    };
