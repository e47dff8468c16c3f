import { exit } from '../../../core/errors.ts';
import { historyAt, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import { benchText } from '../../../monitor/text/bench.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';
import { showBenchmarks } from './bench-lines.ts';

/** Shows the benchmarks that are worse than before, and says by the exit code whether there are any. */
export async function checkBenchmarks(tools: Tools): Promise<number> {
  const history = await historyAt(tools);
  const worse = await showBenchmarks(
    tools,
    (db) => linesIn(db, '', history).filter((line) => line.worse !== null),
    (lines) => (lines.length > 0 ? benchText(lines, 12, lookOf(tools)) : 'No benchmark is worse than before.'),
  );
  return worse.length > 0 ? exit.gateSaidNo : exit.done;
}
