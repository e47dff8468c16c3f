import { type Finished, runScript } from '../../core/exec.ts';
import { isReadable, readProfiles } from '../formats.ts';
import type { Capture, CaptureRequest } from './types.ts';

/** Runs a command line as the repro runs; `failed` is null when it ended well. */
export async function runOnce(
  request: CaptureRequest,
  script: string,
  env: CaptureRequest['env'],
): Promise<{ failed: Capture | null; finished: Finished }> {
  const { cwd, timeout_s, signal, around } = request;
  const act = () => runScript(script, { cwd, env, timeoutMs: timeout_s * 1000, ...(signal ? { signal } : {}) });
  const finished = await (around ? around(env, act) : act());
  const reason = reasonOf(finished, timeout_s);
  return { finished, failed: reason === null ? null : failed(request, reason, finished) };
}

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
  if (finished.signal) return `the profiled command was ended by ${finished.signal}`;
  return finished.exitCode === 0 ? null : `the profiled command exited with ${finished.exitCode}`;
}

/** One word of a shell's command line. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
