import type { ChildProcess, StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import { failure } from '../../core/errors.ts';
import { start } from '../../core/exec.ts';
import type { Tools } from './tools.ts';

/**
 * Runs a command with perf-gate's own stdin, stdout and stderr. Returns the command's exit code, or 128 + the signal's number if a signal
 * ended the command. @throws usage
 */
export function runAsChild(
  [file = '', ...args]: readonly string[],
  { cwd, env }: Pick<Tools, 'cwd' | 'env'>,
  stdio: StdioOptions = 'inherit',
): Promise<number> {
  return new Promise((done, fail) => {
    const child = start(file, args, { cwd, env, stdio });
    passSignals(child);
    child.once('exit', (code, signal) => done(code ?? 128 + constants.signals[signal!]));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES')
        fail(failure('usage', { problem: `“${file}” cannot be run.`, hint: 'Put a program or a script after --.' }));
      else fail(error);
    });
  });
}

/**
 * Passes signals on to the command, which decides what to do. perf-gate ends when the command ends. The terminal itself sends a signal from
 * the keyboard, such as Ctrl-C, to both processes, so this function does not pass it on.
 */
function passSignals(child: ChildProcess): void {
  const typed: readonly string[] = process.stdin.isTTY ? ['SIGINT', 'SIGQUIT'] : [];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => typed.includes(signal) || child.kill(signal));
  }
}
