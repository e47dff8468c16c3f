import { type Format, statsOf } from './row.ts';

type Result = { files: { groups: { fullName: string; benchmarks: { name: string }[] }[] }[] };

/** `vitest bench --outputJson` of vitest 4: milliseconds. It writes no samples, so that only the mean can be read. */
export const vitestBench: Format = (text) =>
  (JSON.parse(text) as Result).files.flatMap((file) =>
    file.groups.flatMap((group) =>
      group.benchmarks.map((benchmark) => ({
        name: `${group.fullName} > ${benchmark.name}`,
        main: 'mean',
        stats: statsOf(benchmark, 'ms'),
      })),
    ),
  );
