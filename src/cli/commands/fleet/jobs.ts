import { exit } from '../../../core/errors.ts';
import { openJobs } from '../../../fleet/queue/look.ts';
import { define } from '../../command.ts';
import { databaseOption } from './database.ts';
import { withFleet } from './opened.ts';
import { idText, tableText, timeText } from './table.ts';

export const command = define({
  name: 'fleet jobs',
  group: 'fleet',
  summary: 'list the jobs that wait, are measured, or failed',
  example: 'perf-gate fleet jobs',
  silent: true,
  options: databaseOption,
  async run({ database }, tools) {
    const found = await withFleet(database, tools, openJobs);
    if (tools.json) tools.out(JSON.stringify({ jobs: found }));
    else if (found.length === 0) tools.out('No job waits, and none failed.');
    else
      tools.out(
        tableText(
          ['job', 'on', 'state', 'host', 'attempts', 'base', 'head', 'by', 'made'],
          found.map(({ job, on, state, host, attempts, base, head, by, made }) => [
            ...[idText(job), on, state, host ?? '', String(attempts), base, head, by, timeText(made)],
          ]),
        ),
      );
    return exit.done;
  },
});
