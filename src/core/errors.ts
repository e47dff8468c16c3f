import { contractErrors } from './catalogue/contract.ts';
import { diskErrors } from './catalogue/disk.ts';
import { fleetErrors } from './catalogue/fleet.ts';
import { gitErrors } from './catalogue/git.ts';
import { initErrors } from './catalogue/init.ts';
import { measureErrors } from './catalogue/measure.ts';
import { monitorErrors } from './catalogue/monitor.ts';
import { profileErrors } from './catalogue/profile.ts';
import { pullRequestErrors } from './catalogue/pull-request.ts';
import { runErrors } from './catalogue/run.ts';
import { samplesErrors } from './catalogue/samples.ts';
import { sentinelErrors } from './catalogue/sentinel.ts';
import { trustErrors } from './catalogue/trust.ts';
import { workflowErrors } from './catalogue/workflow.ts';

/** Exit codes of the command line. */
export const exit = {
  done: 0,
  gateSaidNo: 1,
  user: 2,
  environment: 3,
  inconclusive: 4,
  bug: 70,
  stillMeasuring: 75,
  interrupted: 130,
} as const;

/** Every error that perf-gate raises on purpose: what is wrong and where (`message`), what to do (`hint`), and the exit code. */
export const catalogue = {
  ...contractErrors,
  ...fleetErrors,
  ...gitErrors,
  ...initErrors,
  ...measureErrors,
  ...profileErrors,
  ...pullRequestErrors,
  ...runErrors,
  ...monitorErrors,
  ...diskErrors,
  ...samplesErrors,
  ...sentinelErrors,
  ...trustErrors,
  ...workflowErrors,
} as const;

export type Code = keyof typeof catalogue;
type Facts<C extends Code> = Parameters<(typeof catalogue)[C]['message']>;

/** A known error. To recognise an error, compare its `code`, never its class or its text. */
export class GateError extends Error {
  readonly code: Code;
  readonly hint: string;
  readonly exitCode: number;

  constructor(code: Code, message: string, hint: string, exitCode: number, cause?: unknown) {
    super(message, { cause });
    this.name = 'GateError';
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** Makes an error of the catalogue; the caller throws it. */
export function failure<C extends Code>(code: C, ...facts: Facts<C>): GateError {
  const entry = catalogue[code] as {
    exit: number;
    message: (...f: unknown[]) => string;
    hint: (...f: unknown[]) => string;
  };
  return new GateError(code, entry.message(...facts), entry.hint(...facts), entry.exit);
}

/** Whether an error comes from the catalogue and has the given code. If no code is given, any error of the catalogue matches. */
export function isFailure(error: unknown, code?: Code): error is GateError {
  return error instanceof Error && error.name === 'GateError' && (!code || (error as GateError).code === code);
}
