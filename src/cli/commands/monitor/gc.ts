import { exit } from '../../../core/errors.ts';
import { count } from '../../../core/text.ts';
import { quantity } from '../../../core/units.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { define } from '../../command.ts';
import { changeStored } from './stored.ts';

export const command = define({
  name: 'monitor gc',
  group: 'look',
  summary: 'drop data that is older than configured; the running service does this too',
  example: 'perf-gate monitor gc',
  silent: true,
  async run(_, tools) {
    const { keepWithin } = await import('../../../monitor/store/retention.ts');
    const { config } = monitorConfig(tools.env);
    return changeStored(tools, (db) => {
      const tidied = keepWithin(db, config.storage, Date.parse(tools.clock.now()));
      const { events, hours, days, bytes } = tidied;
      if (tools.json) tools.out(JSON.stringify(tidied));
      else
        tools.say(
          `Dropped ${count(events, 'event')}, ${count(hours, 'hourly figure')} and ${count(days, 'daily figure')}; ${quantity(bytes, 'bytes')} are left.`,
        );
      return exit.done;
    });
  },
});
