import { type Format, field, listAt, type Row, sampled, statsOf } from './row.ts';

type Benchmark = { fullname?: string; name?: string; stats: { mean?: number; data?: unknown[] } };

/** `pytest --benchmark-json`: seconds. */
export const pytestBenchmark: Format = {
  writtenBy: '`pytest --benchmark-json`, `pytest --benchmark-save`',
  samples: 'Add --benchmark-save-data, so that `stats` holds `data`.',
  fits: ({ json }) => listAt(json, 'benchmarks').some((b) => 'stats' in b && typeof field(b, 'fullname') === 'string'),
  read: ({ json }) =>
    (listAt(json, 'benchmarks') as Benchmark[]).map((benchmark): Row => {
      const stats = statsOf(benchmark.stats, 's');
      const { data, mean } = benchmark.stats;
      if (data?.length) stats.mean = sampled(data, 's', mean);
      return { name: benchmark.fullname ?? benchmark.name ?? '', main: 'mean', stats };
    }),
};
