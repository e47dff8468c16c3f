import { exit } from '../../../core/errors.ts';
import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { define } from '../../command.ts';
import { number } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, ofPlugins } from './cage-options.ts';

/** From so many executions on, a median has an interval of 95 %. */
const RUNS = 6;

export const command = define({
  name: 'sentinel optimize',
  group: 'question',
  summary: 'plan what to do about slow hooks: what saves most for the least work first',
  detail:
    'Runs the hooks as `sentinel audit` does, and says for each change which files it concerns, what it saves at most, and about how many lines it takes. The plan is kept: `start --from-plan ITEM` begins a run for one of its items.',
  example: 'perf-gate sentinel optimize',
  options: {
    ...ofPlugins,
    '--runs <n>': number('how often each hook runs', { least: 1, most: 100, whole: true, otherwise: RUNS }),
    ...inCage,
  },
  async run({ plugins, runs, network, state }, tools) {
    const { optimize } = await import('../../../sentinel/optimize/optimize.ts');
    const { usualDay } = await import('../../../sentinel/optimize/frequencies.ts');
    const { planText } = await import('../../../sentinel/optimize/text.ts');
    const dry = { ...usualOptions, runs, network, state, seed: `optimize ${tools.clock.now()}` };
    const made = await optimize({ plugins, dry, frequencies: usualDay }, tools);
    if (tools.json) tools.out(JSON.stringify(made));
    else tools.out(planText(made, lookOf(tools)));
    return exit.done;
  },
});
