import { exit } from '../../../core/errors.ts';
import { whoAsks } from '../../../fleet/names.ts';
import { hold } from '../../../fleet/queue/govern.ts';
import { define } from '../../command.ts';
import { flag, text } from '../../options.ts';
import { databaseOption } from './database.ts';
import { opened } from './opened.ts';

export const command = define({
  name: 'fleet drain',
  group: 'fleet',
  arguments: '<host>',
  summary: 'stop a host from taking jobs; it completes its current one',
  example: 'perf-gate fleet drain bench-3 --reason "new kernel"',
  silent: true,
  options: {
    ...databaseOption,
    '--reason <text>': text('the reason that `fleet hosts` shows'),
    '--undo': flag('let the host take jobs again'),
  },
  async run({ host, database, reason, undo }, tools) {
    const why = undo ? null : (reason ?? `drained by ${whoAsks()}`);
    await opened(database, tools, (fleet) => hold(fleet, host, why));
    if (tools.json) tools.out(JSON.stringify({ host, held: why }));
    else tools.say(why === null ? `${host} takes jobs again.` : `${host} takes no more jobs.`);
    return exit.done;
  },
});
