import { redactor } from '../../artifact/redact.ts';
import { failure, isFailure } from '../../core/errors.ts';
import { cut, oneLine } from '../../core/text.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { define } from '../command.ts';
import { number } from '../options.ts';
import { runAsChild } from '../terminal/as-child.ts';
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
      return await withMeasurementLock({ ...tools, signal: waits }, what, () => runAsChild(argv, tools));
    } catch (error) {
      if (!isFailure(error, 'interrupted') || tools.signal.aborted) throw error;
      throw failure('no_turn', { seconds: timeout! });
    }
  },
});

const withEnd = (signal: AbortSignal, seconds: number) =>
  AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, seconds * 1000))]);
