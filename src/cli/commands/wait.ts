import { exit } from '../../core/errors.ts';
import { define } from '../command.ts';
import { number } from '../options.ts';
import { printAtWork, watch } from '../terminal/background.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'wait',
  group: 'run',
  summary: 'wait for the background work, then print its result like `next`',
  detail: 'Exits like `next`. Exit code 75: the work still goes on, and how far it has come is printed; call again.',
  example: 'perf-gate wait --timeout 100',
  options: { '--timeout <seconds>': number('how long at most', { least: 0, most: 86_400, otherwise: 100 }) },
  async run({ timeout }, tools) {
    const place = await findRun(tools.cwd);
    const code = await watch(place, timeout, tools);
    if (code !== undefined) return code;
    printAtWork(place, tools);
    if (!tools.json) tools.say('Still at work. Call `perf-gate wait` again.');
    return tools.signal.aborted ? exit.interrupted : exit.stillMeasuring;
  },
});
