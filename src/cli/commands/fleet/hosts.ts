import { exit } from '../../../core/errors.ts';
import { type HostRow, hosts } from '../../../fleet/queue/look.ts';
import { define } from '../../command.ts';
import { databaseOption } from './database.ts';
import { opened } from './opened.ts';
import { idText, tellRows, timeText } from './table.ts';

const columns = {
  host: ({ host }: HostRow) => host,
  class: (row: HostRow) => row.class,
  state: ({ state, held, waits }: HostRow) => [state, held ?? waits].filter((part) => part !== null).join(': '),
  job: ({ job }: HostRow) => idText(job),
  seen: ({ seen }: HostRow) => timeText(seen),
  'perf-gate': ({ version }: HostRow) => version,
  cores: ({ cores }: HostRow) => String(cores),
  cpu: ({ cpu }: HostRow) => cpu,
};

export const command = define({
  name: 'fleet hosts',
  group: 'fleet',
  summary: 'list the hosts of the fleet, and the current job of each',
  example: 'perf-gate fleet hosts',
  silent: true,
  options: databaseOption,
  async run({ database }, tools) {
    const rows = await opened(database, tools, hosts);
    tellRows(tools, { name: 'hosts', none: 'No worker has joined this fleet yet.' }, { rows, columns });
    return exit.done;
  },
});
