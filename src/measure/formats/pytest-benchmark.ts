import { type Format, statsOf } from './row.ts';

type Result = { benchmarks: { fullname: string; stats: object }[] };

/** `pytest --benchmark-json`: seconds. */
export const pytestBenchmark: Format = (text) =>
  (JSON.parse(text) as Result).benchmarks.map((benchmark) => ({
    name: benchmark.fullname,
    main: 'mean',
    stats: statsOf(benchmark.stats, 's'),
  }));
