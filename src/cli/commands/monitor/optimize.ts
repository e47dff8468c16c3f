import { exit } from '../../../core/errors.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { define } from '../../command.ts';
import { flag } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { LIMIT_S, ofPlugins, progressing, RUNS } from '../sentinel/cage-options.ts';
import { ofSpan } from './figures.ts';
import { readStored } from './stored.ts';

export const command = define({
  name: 'monitor optimize',
  group: 'look',
  summary: 'plan what to change first, from recorded hook runs and waiting times',
  detail:
    'Prints the plan of `sentinel optimize`, but with the recorded frequencies of the hooks instead of those of a typical day. `start --from-plan ITEM` begins a run for an item. Below the plan, `optimize` lists other causes of waiting, with the most that each cause could save. Hooks run in the cage, as in `sentinel audit`.',
  example: 'perf-gate monitor optimize --since 4w',
  options: {
    ...ofSpan,
    ...ofPlugins,
    '--static': flag('only read the hooks’ files and run nothing; savings are then unknown'),
  },
  async run({ since, plugins, static: textsAlone }, tools) {
    const { config } = monitorConfig(tools.env);
    return readStored(tools, async (db) => {
      const { optimized } = await import('../../../monitor/analytics/optimized.ts');
      const { optimizedText } = await import('../../../monitor/text/optimized.ts');
      const { usualOptions } = await import('../../../sentinel/dry-run/options.ts');
      const seed = `optimize ${tools.clock.now()}`;
      const dry = { ...usualOptions, runs: RUNS, payload: [10_000, 100_000], limit_s: LIMIT_S, seed };
      const until = Date.parse(tools.clock.now()) + 1;
      const found = await optimized(
        db,
        { span: { since: until - since, until }, plugins, dry: textsAlone ? null : dry },
        { world: progressing(tools), wanted: config.analytics.optimization_suggestions },
      );
      tools.out(tools.json ? JSON.stringify(found) : optimizedText(found, lookOf(tools)));
      if (found?.not_kept) tools.say(`The plan was not kept, so no run can begin from it: ${found.not_kept}`);
      return exit.done;
    });
  },
});
