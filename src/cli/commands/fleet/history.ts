import { exit } from '../../../core/errors.ts';
import { type AttemptRow, attempts } from '../../../fleet/queue/look.ts';
import { define } from '../../command.ts';
import { number } from '../../options.ts';
import { databaseOption } from './database.ts';
import { opened } from './opened.ts';
import { idText, tellRows, timeText } from './table.ts';

const columns = {
  job: ({ job }: AttemptRow) => idText(job),
  attempt: ({ attempt }: AttemptRow) => String(attempt),
  host: ({ host }: AttemptRow) => host,
  base: ({ base }: AttemptRow) => base,
  head: ({ head }: AttemptRow) => head,
  part: ({ part }: AttemptRow) => part ?? '',
  by: ({ by }: AttemptRow) => by,
  began: ({ began }: AttemptRow) => timeText(began),
  ended: ({ ended }: AttemptRow) => timeText(ended),
  how: ({ how }: AttemptRow) => how ?? 'running',
};

export const command = define({
  name: 'fleet history',
  group: 'fleet',
  summary: 'list each attempt at a job, with its host and how it ended',
  example: 'perf-gate fleet history --last 50',
  silent: true,
  options: {
    ...databaseOption,
    '--last <n>': number('how many attempts', { least: 1, most: 10_000, whole: true, otherwise: 20 }),
  },
  async run({ database, last }, tools) {
    const rows = await opened(database, tools, (fleet) => attempts(fleet, last));
    tellRows(tools, { name: 'attempts', none: 'No host has taken a job yet.' }, { rows, columns });
    return exit.done;
  },
});
