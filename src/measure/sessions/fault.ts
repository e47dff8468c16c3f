import type { GateError } from '../../core/errors.ts';
import type { Job, Reading } from '../instruments/instrument.ts';

/** The reason why an execution does not count as a sample. Slowness is never such a reason. */
export type Cause =
  | { kind: 'exit'; code: number }
  | { kind: 'signal'; signal: string }
  | { kind: 'timeout'; seconds: number }
  | { kind: 'left_behind'; processes: number }
  | { kind: 'helper_lost'; found: string }
  | { kind: 'not_started'; program: string; error: string }
  | { kind: 'too_much_output'; bytes: number }
  | { kind: 'no_input'; file: string; found: string };

/** The exit codes, in addition to 0, that do not count as a failure. `any`: all exit codes. */
export type Exits = 'any' | readonly number[];

/**
 * The largest allowed size of an output, in bytes. A program that prints more is ended, because its output would not fit into a JavaScript
 * string, and could fill the disk before the time limit.
 */
export const mostOutput = 256 * 1024 * 1024;

/**
 * The reason why the execution does not count. Undefined if the execution counts. `bytes`: the size of the larger output, stdout or stderr.
 */
export function causeOf(
  reading: Reading,
  f: { argv: Job['argv']; timeout_s: number; bytes: number; exits: Exits },
): Cause | undefined {
  if (f.bytes > mostOutput) return { kind: 'too_much_output', bytes: f.bytes };
  if (reading.helper_lost !== undefined) return { kind: 'helper_lost', found: reading.helper_lost };
  if (reading.exec_error !== null) return { kind: 'not_started', program: f.argv[0], error: reading.exec_error };
  if (reading.timed_out) return { kind: 'timeout', seconds: f.timeout_s };
  if (reading.signal !== null) return { kind: 'signal', signal: reading.signal };
  const code = reading.exit_code ?? -1;
  if (code !== 0 && f.exits !== 'any' && !f.exits.includes(code)) return { kind: 'exit', code };
  if (reading.left_behind > 0) return { kind: 'left_behind', processes: reading.left_behind };
  return undefined;
}

/** The cause as a short phrase without a subject, such as `ended by SIGKILL`. */
export function reasonOf(cause: Cause): string {
  switch (cause.kind) {
    case 'exit':
      return `exit code ${cause.code}`;
    case 'signal':
      return `ended by ${cause.signal}`;
    case 'timeout':
      return `not done after ${cause.seconds} s`;
    case 'left_behind':
      return `leaves ${cause.processes === 1 ? 'a background process' : `${cause.processes} background processes`} behind`;
    case 'helper_lost':
      return `the process that measured it ${cause.found}`;
    case 'not_started':
      return `“${cause.program}” cannot be started: ${cause.error}`;
    case 'no_input':
      return `its input ${cause.file} ${cause.found}`;
    case 'too_much_output':
      return `prints ${Math.round(cause.bytes / 1024 / 1024)} MB, more than the ${mostOutput / 1024 / 1024} MB that are read`;
  }
}

/** The reason why an execution gave no sample. `code` is for programs; `reason` and the end of `stderr` are for people. */
export type Fault = { code: string; reason: string; stderr: string };

/** Converts an error of perf-gate, such as `metric_missing`, into the fault of an execution. */
export function faultOf(error: GateError): Fault {
  return { code: error.code, reason: error.message, stderr: '' };
}

/**
 * The fault of an execution that failed. `under`: the program that ran the command, such as a counter of instructions. Empty if no other
 * program ran the command.
 */
export function faultIn(
  { cause, reason, stderr }: { cause: Cause; reason: string; stderr: string },
  under = '',
): Fault {
  return { code: cause.kind, reason: under ? `${reason}, under ${under}` : reason, stderr };
}
