import type { BenchLine } from '../../../monitor/analytics/by-commit.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Tools } from '../../terminal/tools.ts';
import { readIfAny } from './stored.ts';

/** Shows the recorded benchmarks. If nothing was recorded yet, shows an empty list. */
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
