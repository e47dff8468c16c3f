import { exit } from '../../../core/errors.ts';
import { usualOptions } from '../../../sentinel/dry-run/options.ts';
import { define } from '../../command.ts';
import { flag, number } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, inTime, ofPlugins, progressing, RUNS } from './cage-options.ts';

export const command = define({
  name: 'sentinel optimize',
  group: 'question',
  summary: 'plan changes to slow hooks; the most saving for the least work comes first',
  detail:
    'Uses the audit of the last day if the hooks are unchanged, else runs them as `sentinel audit` does. For each change it lists the files, the largest possible saving, and about how many lines to edit. The plan is kept: `start --from-plan ITEM` begins a run for an item of the plan.',
  example: 'perf-gate sentinel optimize',
  options: {
    ...ofPlugins,
    '--static': flag('only read the hooks’ files and run nothing; savings are then unknown'),
    '--runs <n>': number(`run the hooks again, each this many times (default ${RUNS})`, {
      least: 1,
      most: 100,
      whole: true,
    }),
    ...inCage,
    ...inTime,
  },
  async run({ plugins, static: textsAlone, runs, network, state, limitS }, tools) {
    const { optimize } = await import('../../../sentinel/optimize/optimize.ts');
    const { planText } = await import('../../../sentinel/optimize/text.ts');
    const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
    const strace = sentinelConfig(tools.env).external_tools.use_strace;
    const asked = { runs: runs ?? RUNS, payload: [10_000, 100_000], network, state, limit_s: limitS, strace };
    const dry = textsAlone ? null : { ...usualOptions, ...asked, seed: `optimize ${tools.clock.now()}` };
    const { made, problem } = await optimize({ plugins, dry, afresh: runs !== undefined }, progressing(tools));
    if (tools.json) tools.out(JSON.stringify(made));
    else tools.out(planText(made, lookOf(tools)));
    if (problem !== null) tools.say(`The plan was not kept, so no run can begin from it: ${problem}`);
    return exit.done;
  },
});
