import { exit } from '../../../core/errors.ts';
import { attempts } from '../../../fleet/queue/look.ts';
import { define } from '../../command.ts';
import { number } from '../../options.ts';
import { databaseOption } from './database.ts';
import { withFleet } from './opened.ts';
import { idText, tableText, timeText } from './table.ts';

export const command = define({
  name: 'fleet history',
  group: 'fleet',
  summary: 'list which host took which job, and how it ended',
  example: 'perf-gate fleet history --last 50',
  silent: true,
  options: {
    ...databaseOption,
    '--last <n>': number('how many attempts', { least: 1, most: 10_000, whole: true, otherwise: 20 }),
  },
  async run({ database, last }, tools) {
    const found = await withFleet(database, tools, (fleet) => attempts(fleet, last));
    if (tools.json) tools.out(JSON.stringify({ attempts: found }));
    else if (found.length === 0) tools.out('No host ever took a job.');
    else
      tools.out(
        tableText(
          ['job', 'attempt', 'host', 'base', 'head', 'by', 'began', 'ended', 'how'],
          found.map(({ job, attempt, host, base, head, by, began, ended, how }) => [
            ...[
              idText(job),
              String(attempt),
              host,
              base,
              head,
              by,
              timeText(began),
              timeText(ended),
              how ?? 'it goes on',
            ],
          ]),
        ),
      );
    return exit.done;
  },
});
