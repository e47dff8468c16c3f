import { constants } from 'node:os';
import { type Finished, runScript } from '../../core/exec.ts';
import { lastLines } from '../../core/text.ts';
import { isReadable, readProfiles } from '../formats/read-profile.ts';
import type { Profile } from '../model.ts';

/** The command to profile, and the folders for the files. */
export type CaptureRequest = {
  /** The profiler's name: any text if `command` is given, else `none` or a profiler that perf-gate runs itself. */
  tool: string;
  /** The profiler's command line. `{command}` stands for the measured command, and `{output}` for the file to write. */
  command?: string | undefined;
  /** The file that the profiler's command writes, relative to `cwd`, if the command does not use `{output}`. */
  output_path?: string | undefined;
  /** The kind of value to read, such as an event, if the profile's file holds several kinds. */
  value?: string | undefined;
  /** The measured command (repro), as in the contract. */
  script: string;
  cwd: string;
  env: Record<string, string | undefined>;
  timeout_s: number;
  /** The folder for the profile's files. */
  outDir: string;
  /** A folder for files that are only needed while the command runs. */
  scratch: string;
  signal?: AbortSignal;
  /** The service that the measured command needs. */
  service?: ServiceAround;
};

/** A service that runs while the measured command runs. */
type ServiceAround = {
  /** True if the service is profiled, and the measured command only generates a load for it. */
  isProfiled: boolean;
  /** The service's command line, as in the contract. */
  start: string;
  /**
   * Starts the service with `start` in `env`, calls `act`, and ends the service with SIGTERM. Returns when the service has ended or was
   * killed.
   */
  around<T>(start: string, env: CaptureRequest['env'], act: () => Promise<T>): Promise<T>;
};

/** The result of taking a profile. If the profiler fails, the result says why; no exception is thrown. */
export type Capture =
  | {
      state: 'profiled';
      tool: string;
      /** Absolute paths in `outDir`. */
      files: string[];
      /** The parsed profile. Null if perf-gate does not read the format. The files are kept in both cases. */
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
      /** Set if the profiled command itself failed. Another profiler would not help then. */
      commandFailed?: true;
    };

/** The command lines to run instead of the measured command and its service. */
type Lines = { script: string; env: CaptureRequest['env']; start?: string };

/** Runs a command line in the same way as the measured command. `failed` is null if the command line exited with 0. */
export async function runOnce(
  request: CaptureRequest,
  { script, env, start }: Lines,
): Promise<{ failed: Capture | null; finished: Finished }> {
  const { cwd, timeout_s, signal, service } = request;
  const act = () => runScript(script, { cwd, env, timeoutMs: timeout_s * 1000, ...(signal ? { signal } : {}) });
  const finished = await (service ? service.around(outliving(start ?? service.start), env, act) : act());
  const reason = reasonOf(finished, timeout_s);
  return { finished, failed: reason === null ? null : failed(request, reason, finished) };
}

/**
 * Keeps the first process of a service alive one second longer than the others. A signal ends all processes of a service. When the first
 * process has ended, the remaining processes are killed. The extra second lets a profiler write its files.
 */
const outliving = (start: string) => `trap : TERM INT\n(${start}\n)\ncode=$?\nsleep 1\nexit $code`;

/** The result for a command that failed or that wrote no profile. */
export function failed(request: CaptureRequest, reason: string, finished: Finished): Capture {
  return { state: 'failed', tool: request.tool, reason, output: lastLines(`${finished.stdout}\n${finished.stderr}`) };
}

/**
 * The result for a profiler's files. The files are kept in any case. They are read if perf-gate knows their format. `note`: a sentence
 * about gaps in the profile.
 */
export async function profiled(request: CaptureRequest, files: string[], note = ''): Promise<Capture> {
  const base = { state: 'profiled' as const, tool: request.tool, files };
  if (!files.every(isReadable)) {
    const kept = 'The profile was kept but not parsed: perf-gate does not read its format.';
    return { ...base, profile: null, parsed: false, note: `${kept} ${note}`.trim() };
  }
  const several = files.length === 1 ? '' : `${files.length} profiles (threads and child processes) were added up.`;
  return {
    ...base,
    profile: await readProfiles(files, request.value),
    parsed: true,
    note: `${several} ${note}`.trim(),
  };
}

function reasonOf(finished: Finished, timeout: number): string | null {
  if (finished.timedOut) return `the profiled command did not end within ${timeout} s`;
  const signal = finished.signal ?? signalOf(finished.exitCode);
  if (signal) return `the profiled command was ended by ${signal}`;
  if (finished.exitCode === 127) return 'the profiled command was not found';
  return finished.exitCode === 0 ? null : `the profiled command exited with ${finished.exitCode}`;
}

/** The signal behind a shell's exit code: a shell adds 128 to the number of the signal that ended its command. */
const signalOf = (exitCode: number | null) =>
  Object.entries(constants.signals).find(([, number]) => number + 128 === exitCode)?.[0];
