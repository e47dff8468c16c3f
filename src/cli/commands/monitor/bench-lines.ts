import type { BenchLine } from '../../../monitor/analytics/by-commit.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Tools } from '../../terminal/tools.ts';
import { readIfAny } from './stored.ts';

/** Shows benchmarks of the store; there are none where nothing was ever kept. */
export function showBenchmarks(
  tools: Tools,
  find: (db: Database) => BenchLine[],
  text: (lines: BenchLine[]) => string,
): Promise<void> {
  return readIfAny(tools, (db) => {
    const benchmarks = db ? find(db) : [];
    tools.out(tools.json ? JSON.stringify({ benchmarks }) : text(benchmarks));
  });
}
