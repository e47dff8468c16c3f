import { constants } from 'node:os';
import { type Finished, runScript } from '../../core/exec.ts';
import { isReadable, readProfiles } from '../formats/read-profile.ts';
import type { Capture, CaptureRequest } from './types.ts';

/** What is run in place of the repro, and of its service. */
type Lines = { script: string; env: CaptureRequest['env']; start?: string };

/** Runs a command line as the repro runs; `failed` is null when it ended well. */
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
 * A service is ended by a signal to all its processes. When the first of them has ended the others are killed, so a shell that goes on
 * a little stands before them: a profiler, or a program that a shell or npm started, has the time to write what it has.
 */
const outliving = (start: string) => `trap : TERM INT\n(${start}\n)\ncode=$?\nsleep 1\nexit $code`;

export function failed(request: CaptureRequest, reason: string, finished: Finished): Capture {
  const printed = `${finished.stdout}\n${finished.stderr}`.trim().split('\n');
  return { state: 'failed', tool: request.tool, reason, output: printed.slice(-12).join('\n') };
}

/** The result for files that a profiler wrote: read where there is a reader, kept in any case. `note`: what it may lack. */
export async function profiled(request: CaptureRequest, files: string[], note = ''): Promise<Capture> {
  const base = { state: 'profiled' as const, tool: request.tool, files };
  if (!files.every(isReadable)) {
    const kept = 'The profile was kept but not parsed: it is in a format that perf-gate does not read.';
    return { ...base, profile: null, parsed: false, note: `${kept} ${note}`.trim() };
  }
  const several = files.length === 1 ? '' : `${files.length} profiles (threads and child processes) were added up.`;
  return { ...base, profile: await readProfiles(files), parsed: true, note: `${several} ${note}`.trim() };
}

function reasonOf(finished: Finished, timeout: number): string | null {
  if (finished.timedOut) return `the profiled command did not end within ${timeout} s`;
  const signal = finished.signal ?? signalOf(finished.exitCode);
  if (signal) return `the profiled command was ended by ${signal}`;
  if (finished.exitCode === 127) return 'the profiled command was not found';
  return finished.exitCode === 0 ? null : `the profiled command exited with ${finished.exitCode}`;
}

/** A shell tells a signal that ended its command as 128 more. */
const signalOf = (exitCode: number | null) =>
  Object.entries(constants.signals).find(([, number]) => number + 128 === exitCode)?.[0];

/** One word of a shell's command line. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
