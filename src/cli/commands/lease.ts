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
    'Waits in the queue of this user’s measurements, and prints which process it waits for. No measurement begins while the command runs. Use it for hyperfine, a test suite, or any program that must not run during a measurement. After --, several words are a command and its arguments; one word is a shell script. The command keeps stdin, stdout and its exit code, and receives all signals.',
  example: 'perf-gate lease -- hyperfine "node report.mjs"',
  options: { '--timeout <seconds>': number('the longest time to wait in the queue', { least: 0, most: 86_400 }) },
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
