import { exit } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import { flag, number, text } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { inCage, ofPlugins, progressing } from './cage-options.ts';

export const command = define({
  name: 'sentinel baseline',
  group: 'question',
  summary: 'keep what hooks cost now, and their files, to compare with later',
  detail:
    'Measures in a cage, as an audit does. The baseline lies in ~/.local/share/perf-gate/sentinel, with copies of the hooks’ files, so that `sentinel compare` can run them again beside the new ones.',
  example: 'perf-gate sentinel baseline --tag v5.4.0',
  options: {
    ...ofPlugins,
    '--runs <n>': number('how often each hook and each event runs', {
      least: 2,
      most: 200,
      whole: true,
      otherwise: 10,
    }),
    '--tag <name>': text('its name (default: the version of the marketplace or the plugin, else the day)'),
    '--force': flag('replace a baseline of that name'),
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
