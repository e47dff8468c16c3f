import pc from 'picocolors';
import { isFailure } from '../../core/errors.ts';
import { printable } from '../../core/text.ts';

/** One clear message: what is wrong, where, what to do. A stack trace only with --debug, or for a bug of ours. */
export function printError(error: unknown, { json, debug }: { json: boolean; debug: boolean }): void {
  if ((error as { help?: boolean }).help) {
    process.exitCode = 0;
    return;
  }
  const known = isFailure(error);
  const message = printable(error instanceof Error ? error.message : String(error));
  if (json) {
    const body = known ? { code: error.code, message, hint: error.hint } : { code: 'bug', message, hint: BUG };
    process.stdout.write(`${JSON.stringify({ error: body })}\n`);
  }
  const colours = pc.createColors(pc.isColorSupported && process.stderr.isTTY);
  process.stderr.write(`${colours.red('error:')} ${known ? message : `perf-gate has a bug: ${message}`}\n`);
  process.stderr.write(`${colours.dim('hint:')}  ${known ? error.hint : BUG}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

const BUG =
  'Nothing of yours was lost; `perf-gate resume` goes on. Please report it with the output of the same command and --debug.';
