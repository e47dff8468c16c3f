import { exit } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import { flag, number, text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, ofPlugins, progressing } from './cage-options.ts';

export const command = define({
  name: 'sentinel baseline',
  group: 'question',
  summary: 'keep the current cost of hooks, and their files, for later comparisons',
  detail:
    'Measures in a cage, as an audit does. The baseline is in ~/.local/share/perf-gate/sentinel, with copies of the hooks’ files, so that `sentinel compare` can run the old hooks in turn with the new ones.',
  example: 'perf-gate sentinel baseline --tag v5.4.0',
  options: {
    ...ofPlugins,
    '--runs <n>': number('executions of each hook and each event', {
      least: 2,
      most: 200,
      whole: true,
      otherwise: 10,
    }),
    '--tag <name>': text('the baseline’s name (default: the version of the marketplace or the plugin, else the day)'),
    '--force': flag('replace an existing baseline of the same name'),
    ...inCage,
  },
  async run({ plugins, tag, force, runs, network, state }, tools) {
    const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
    const { use_strace: strace } = sentinelConfig(tools.env).external_tools;
    const { makeBaseline } = await import('../../../sentinel/baseline/make.ts');
    const { baselineText } = await import('../../../sentinel/baseline/text.ts');
    const { baseline, file } = await makeBaseline(
      { plugins, tag, force, dry: { runs, network, state, strace } },
      progressing(tools),
    );
    if (tools.json) tools.out(JSON.stringify({ ...baseline, file }));
    else tools.out(baselineText(baseline, file, lookOf(tools)));
    return exit.done;
  },
});
