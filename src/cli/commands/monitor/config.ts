import { exit } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { define } from '../../command.ts';
import { flag } from '../../options.ts';

export const command = define({
  name: 'monitor config',
  group: 'look',
  summary: 'print the configuration in effect, and its source',
  detail:
    'Prints YAML, with the defaults and without possible secrets of receivers (addresses, headers, arguments of commands). `--schema` prints the JSON Schema of the file, for your editor.',
  example: 'perf-gate monitor config',
  options: { '--schema': flag('print the JSON Schema of monitor.yaml') },
  silent: true,
  async run({ schema }, tools) {
    if (schema) {
      const { configJsonSchema } = await import('../../../monitor/config/schema.ts');
      tools.out(JSON.stringify(configJsonSchema(), null, 2));
      return exit.done;
    }
    const { configFile, monitorConfig } = await import('../../../monitor/config/read.ts');
    const { shownConfig } = await import('../../../monitor/config/shown.ts');
    const { stringify } = await import('yaml');
    const { config, file } = monitorConfig(tools.env);
    const found = { config: shownConfig(config), file };
    if (tools.json) {
      tools.out(JSON.stringify(found));
      return exit.done;
    }
    const from = file === null ? `the defaults, because ${configFile(tools.env)} does not exist` : `from ${file}`;
    tools.out(`# ${oneLine(from)}\n${stringify(found.config)}`);
    return exit.done;
  },
});
