import { exit } from '../../../core/errors.ts';
import { benchText } from '../../../monitor/text/bench.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';
import { historyAt, linesIn } from './bench-lines.ts';
import { showSince } from './figures.ts';

/** Shows the benchmarks that are worse than before, and says by the exit code whether there are any. */
export async function checkBenchmarks(tools: Tools): Promise<number> {
  const history = await historyAt(tools);
  let worse = 0;
  await showSince(0, tools, {
    find: (db) => {
      const benchmarks = linesIn(db, '', history).filter((line) => line.worse !== null);
      worse = benchmarks.length;
      return { benchmarks };
    },
    text: ({ benchmarks }) =>
      worse > 0 ? benchText(benchmarks, 12, lookOf(tools)) : 'No benchmark is worse than before.',
  });
  return worse > 0 ? exit.gateSaidNo : exit.done;
}
