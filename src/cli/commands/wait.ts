import { exit } from '../../core/errors.ts';
import { define } from '../command.ts';
import { number } from '../options.ts';
import { printAtWork, watch } from '../terminal/background.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'wait',
  group: 'run',
  summary: 'wait for the background work, then print its result like `next`',
  detail:
    'The exit code is that of `next`. Exit code 75: the work still goes on; `wait` prints its progress. Call it again.',
  example: 'perf-gate wait --timeout 100',
  options: { '--timeout <seconds>': number('the longest wait', { least: 0, most: 86_400, otherwise: 100 }) },
  async run({ timeout }, tools) {
    const place = await findRun(tools.cwd);
    const code = await watch(place, timeout, tools);
    if (code !== undefined) return code;
    printAtWork(place, tools);
    if (!tools.json) tools.say('Still at work. Call `perf-gate wait` again.');
    return tools.signal.aborted ? exit.interrupted : exit.stillMeasuring;
  },
});
