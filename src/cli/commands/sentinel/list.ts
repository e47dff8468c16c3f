import { exit } from '../../../core/errors.ts';
import { discover } from '../../../sentinel/discover/discover.ts';
import { setsOf } from '../../../sentinel/discover/sets.ts';
import { hooksTable } from '../../../sentinel/hooks-table.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofPlugins, ofSession } from './cage-options.ts';

export const command = define({
  name: 'sentinel list',
  group: 'question',
  summary: 'list the hooks that Claude Code runs here, and those that never run',
  detail:
    'Searches the same files as Claude Code: your settings, this project’s settings, the machine owner’s settings, the plugins that these enable, skills and agents. Shows which hooks run at once, which are declared twice, and why a hook never runs. No hook is run.',
  example: 'perf-gate sentinel list',
  options: {
    ...ofPlugins,
    ...ofSession,
  },
  silent: true,
  async run({ plugins, settings, pluginDir }, tools) {
    const found = discover({ cwd: tools.cwd, env: tools.env, plugins, flags: { settings, pluginDirs: pluginDir } });
    const { hooks, problems } = found;
    if (tools.json) tools.out(JSON.stringify({ hooks, together: setsOf(hooks), problems }));
    else tools.out(hooksTable(found, lookOf(tools)));
    return exit.done;
  },
});
