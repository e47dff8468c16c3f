import { exit, failure } from '../../../core/errors.ts';
import { loudOf } from '../../../monitor/alerts/standing.ts';
import { standingText } from '../../../monitor/text/alerts.ts';
import { define } from '../../command.ts';
import { flag } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { checkBenchmarks } from './check-benchmarks.ts';
import { standing } from './standing.ts';

/**
 * The greatest age of the last evaluation of the rules, in ms. A running service evaluates the rules every 15 s, so an older evaluation
 * means that the service does not run.
 */
const FRESH_MS = 60_000;

export const command = define({
  name: 'monitor check',
  group: 'look',
  summary: 'exit with 1 while an unsilenced alert fires',
  detail: '`--benchmarks` needs no service: it exits with 1 while a recorded benchmark is worse than before.',
  example: 'perf-gate monitor check',
  options: { '--benchmarks': flag('check only the recorded benchmarks') },
  silent: true,
  async run({ benchmarks }, tools) {
    if (benchmarks) return checkBenchmarks(tools);
    const found = await standing(tools);
    const age = found.looked === null ? Infinity : Date.parse(tools.clock.now()) - Date.parse(found.looked);
    if (age > FRESH_MS) throw failure('monitor_not_running');
    tools.out(tools.json ? JSON.stringify(found) : standingText(found, lookOf(tools)));
    return loudOf(found).length > 0 ? exit.gateSaidNo : exit.done;
  },
});
