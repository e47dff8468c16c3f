import { exit, failure } from '../../../core/errors.ts';
import { historyAt, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { benchText } from '../../../monitor/text/bench.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';
import { readIfAny } from './stored.ts';

/**
 * Shows the benchmarks that are worse than before. Returns exit code 1 if there are any.
 * @throws monitor_no_benchmark: nothing was recorded, and a check without data must not pass
 */
export async function checkBenchmarks(tools: Tools): Promise<number> {
  const history = await historyAt(tools);
  const file = monitorPaths(monitorHome(tools.env)).database;
  const all = await readIfAny(tools, (db) => (db ? linesIn(db, '', history) : []));
  if (all.length === 0) throw failure('monitor_no_benchmark', { file });
  const worse = all.filter((line) => line.worse !== null);
  const none = `No benchmark is worse than before (${all.length} checked).`;
  if (tools.json) tools.out(JSON.stringify({ benchmarks: worse }));
  else tools.out(worse.length > 0 ? benchText(worse, 12, lookOf(tools)) : none);
  return worse.length > 0 ? exit.gateSaidNo : exit.done;
}
