import { exit } from '../../../core/errors.ts';
import { type JobRow, openJobs } from '../../../fleet/queue/look.ts';
import { define } from '../../command.ts';
import { databaseOption } from './database.ts';
import { opened } from './opened.ts';
import { idText, tellRows, timeText } from './table.ts';

const columns = {
  job: ({ job }: JobRow) => idText(job),
  on: ({ on }: JobRow) => on,
  state: ({ state }: JobRow) => state,
  host: ({ host }: JobRow) => host ?? '',
  attempts: ({ attempts }: JobRow) => String(attempts),
  base: ({ base }: JobRow) => base,
  head: ({ head }: JobRow) => head,
  part: ({ part }: JobRow) => part ?? '',
  by: ({ by }: JobRow) => by,
  made: ({ made }: JobRow) => timeText(made),
};

export const command = define({
  name: 'fleet jobs',
  group: 'fleet',
  summary: 'list jobs that wait, run or failed',
  example: 'perf-gate fleet jobs',
  silent: true,
  options: databaseOption,
  async run({ database }, tools) {
    const rows = await opened(database, tools, openJobs);
    tellRows(tools, { name: 'jobs', none: 'No job waits, runs or failed.' }, { rows, columns });
    return exit.done;
  },
});
