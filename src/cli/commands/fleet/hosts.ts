import { exit } from '../../../core/errors.ts';
import { hosts } from '../../../fleet/queue/look.ts';
import { define } from '../../command.ts';
import { databaseOption } from './database.ts';
import { withFleet } from './opened.ts';
import { idText, tableText, timeText } from './table.ts';

export const command = define({
  name: 'fleet hosts',
  group: 'fleet',
  summary: 'list the machines of the fleet, and what each does',
  example: 'perf-gate fleet hosts',
  silent: true,
  options: databaseOption,
  async run({ database }, tools) {
    const found = await withFleet(database, tools, hosts);
    if (tools.json) tools.out(JSON.stringify({ hosts: found }));
    else if (found.length === 0) tools.out('No worker ever joined this fleet.');
    else
      tools.out(
        tableText(
          ['host', 'class', 'state', 'job', 'seen', 'perf-gate', 'cores', 'cpu'],
          found.map(({ host, class: name, state, held, waits, job, seen, version, cores, cpu }) => [
            ...[host, name, [state, held ?? waits].filter((part) => part !== null).join(': '), idText(job)],
            ...[timeText(seen), version, String(cores), cpu],
          ]),
        ),
      );
    return exit.done;
  },
});
