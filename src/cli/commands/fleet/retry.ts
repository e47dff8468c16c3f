import { exit } from '../../../core/errors.ts';
import { retry } from '../../../fleet/queue/govern.ts';
import { define } from '../../command.ts';
import { databaseOption } from './database.ts';
import { opened } from './opened.ts';

export const command = define({
  name: 'fleet retry',
  group: 'fleet',
  arguments: '<job>',
  summary: 'give a failed job one more attempt',
  example: 'perf-gate fleet retry 5e62bbac',
  silent: true,
  options: databaseOption,
  async run({ job, database }, tools) {
    const whole = await opened(database, tools, (fleet) => retry(fleet, job));
    if (tools.json) tools.out(JSON.stringify({ job: whole }));
    else tools.say(`Job ${whole.slice(0, 8)} waits again.`);
    return exit.done;
  },
});
