import { exit, failure } from '../../../core/errors.ts';
import { loudOf } from '../../../monitor/alerts/standing.ts';
import { standingText } from '../../../monitor/text/alerts.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { standing } from './standing.ts';

/** A service that lives has looked at its rules four times in this time. */
const FRESH_MS = 60_000;

export const command = define({
  name: 'monitor check',
  group: 'look',
  summary: 'exit with 1 while an alert fires that is not silenced',
  example: 'perf-gate monitor check',
  silent: true,
  async run(_, tools) {
    const found = await standing(tools);
    const age = found.looked === null ? Infinity : Date.parse(tools.clock.now()) - Date.parse(found.looked);
    if (age > FRESH_MS) throw failure('monitor_not_running');
    tools.out(tools.json ? JSON.stringify(found) : standingText(found, lookOf(tools)));
    return loudOf(found).length > 0 ? exit.gateSaidNo : exit.done;
  },
});
