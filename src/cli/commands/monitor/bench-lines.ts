import type { BenchLine } from '../../../monitor/analytics/by-commit.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import { openForReading } from '../../../monitor/store/open.ts';
import type { Tools } from '../../terminal/tools.ts';

/** Shows benchmarks of the store; there are none where nothing was ever kept. */
export async function showBenchmarks(
  tools: Tools,
  find: (db: Database) => BenchLine[],
  text: (lines: BenchLine[]) => string,
): Promise<BenchLine[]> {
  const db = await openForReading(monitorPaths(monitorHome(tools.env)).database);
  try {
    const benchmarks = db ? find(db) : [];
    tools.out(tools.json ? JSON.stringify({ benchmarks }) : text(benchmarks));
    return benchmarks;
  } finally {
    db?.close();
  }
}
