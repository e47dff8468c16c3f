import { type Format, statsOf } from './row.ts';

type Benchmark = {
  name: string;
  run_name?: string;
  run_type?: string;
  time_unit: string;
  real_time: number;
  cpu_time: number;
};

/** Google Benchmark with `--benchmark_format=json`, which names the unit. Aggregates are left out, because they repeat the rows. */
export const googleBenchmark: Format = (text) =>
  (JSON.parse(text) as { benchmarks: Benchmark[] }).benchmarks
    .filter((benchmark) => benchmark.run_type !== 'aggregate')
    .map(({ name, run_name, run_type, time_unit, real_time, cpu_time, ...counters }) => ({
      name: run_name ?? name,
      main: 'real_time',
      stats: { ...statsOf(counters, ''), ...statsOf({ real_time, cpu_time }, time_unit) },
    }));
