import type { GateError } from '../../core/errors.ts';
import type { Execution } from './execute.ts';

/** Why an execution gave no sample: a code for programs, half a sentence and the end of stderr for people. */
export type Fault = { code: string; reason: string; stderr: string; execution: Execution | null };

/** An error of the catalogue as the reason of a failed run. */
export function faultOf(error: GateError, execution: Execution | null): Fault {
  return { code: error.code, reason: error.message, stderr: '', execution };
}

/** What an execution that failed is the fault of. `under`: what it ran under, where that was not the program alone. */
export function faultIn(execution: Execution & { state: 'failed' }, under = ''): Fault {
  const { cause, reason, stderr } = execution;
  return { code: cause.kind, reason: under ? `${reason}, under ${under}` : reason, stderr, execution };
}
