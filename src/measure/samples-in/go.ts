import { goBench } from '../formats/go-bench.ts';
import type { RawSet } from './set.ts';

/**
 * Sets of samples in the text of `go test -bench`: with `-count` a benchmark has one line per sample. Time per operation goes by
 * the benchmark's name (`BenchmarkParse`), what else was measured by both: `BenchmarkParse.B/op`.
 */
export function goSets(text: string): RawSet[] {
  const sets = new Map<string, RawSet & { values: number[] }>();
  for (const { name, main, stats } of goBench(text)) {
    for (const [stat, { value, unit }] of Object.entries(stats)) {
      const key = stat === main ? name : `${name}.${stat}`;
      const set = sets.get(key) ?? { name: key, unit, values: [], main: stat === main };
      set.values.push(value);
      sets.set(key, set);
    }
  }
  return [...sets.values()];
}
