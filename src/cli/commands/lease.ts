import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { redactor } from '../../artifact/redact.ts';
import { failure, isFailure } from '../../core/errors.ts';
import { start } from '../../core/exec.ts';
import { cut, oneLine } from '../../core/text.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { define } from '../command.ts';
import { number } from '../options.ts';
import type { Tools } from '../terminal/tools.ts';
import { scriptOf } from './measure/words.ts';

export const command = define({
  name: 'lease',
  group: 'machine',
  arguments: '[command...]',
  usage: '[options] -- <command> [arguments...]',
  summary: 'run a command while nothing else measures on this machine',
  detail:
    'Waits for its turn in the line of all measurements of this user, says for whom, and holds it while the command runs: for hyperfine, a test suite, or whatever must not run beside a measurement. Several words are the command and its arguments; one word is a script. Input, output and the exit code are the command’s own, and signals are passed on to it.',
  example: 'perf-gate lease -- hyperfine "node report.mjs"',
  options: { '--timeout <seconds>': number('how long to wait for the turn at most', { least: 0, most: 86_400 }) },
  parse: ({ command: words, timeout }) => ({
    script: scriptOf(words, 'perf-gate lease -- npm test'),
    argv: words.length === 1 ? ['/bin/sh', '-c', words[0]!] : [...words],
    timeout,
  }),
  async run({ script, argv, timeout }, tools) {
    const what = cut(oneLine(redactor({}, tools.env)(`lease: ${script}`)), 100);
    const waits = timeout === undefined ? tools.signal : withEnd(tools.signal, timeout);
    try {
      return await withMeasurementLock({ ...tools, signal: waits }, what, () => toItsEnd(argv, tools));
    } catch (error) {
      if (!isFailure(error, 'interrupted') || tools.signal.aborted) throw error;
      throw failure('no_turn', { seconds: timeout! });
    }
  },
});

const withEnd = (signal: AbortSignal, seconds: number) =>
  AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, seconds * 1000))]);

/** Runs the command on our own input and output, and returns its exit code; that of a shell where a signal or no program ended it. */
function toItsEnd([file = '', ...args]: readonly string[], { cwd, env }: Tools): Promise<number> {
  return new Promise((done, fail) => {
    const child = start(file, args, { cwd, env, stdio: 'inherit' });
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
 * The command decides what a signal means, and the turn is held as long as it lives. The terminal itself sends what is typed there to
 * both of us.
 */
function passSignals(child: ChildProcess): void {
  const typed: readonly string[] = process.stdin.isTTY ? ['SIGINT', 'SIGQUIT'] : [];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => typed.includes(signal) || child.kill(signal));
  }
}
