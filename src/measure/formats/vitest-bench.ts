import { type Format, field, listAt, type Row, sampled, statsOf } from './row.ts';

type Benchmark = { name: string; mean?: number; samples?: unknown[] };

/**
 * `vitest bench --outputJson`: milliseconds. Without `benchmark.includeSamples` vitest writes no samples, and perf-gate can read only the
 * mean.
 */
export const vitestBench: Format = {
  writtenBy: '`vitest bench --outputJson`',
  samples: 'Set `benchmark: { includeSamples: true }` in the vitest config.',
  fits: ({ json }) => groupsOf(json).length > 0,
  read: ({ json }) =>
    groupsOf(json).flatMap(({ name: group, benchmarks }) =>
      benchmarks.map((benchmark): Row => {
        const stats = statsOf(benchmark, 'ms');
        if (benchmark.samples?.length) stats.mean = sampled(benchmark.samples, 'ms', benchmark.mean);
        return { name: `${group} > ${benchmark.name}`, main: 'mean', stats };
      }),
    ),
};

type Group = { name: string; benchmarks: Benchmark[] };

/** The groups of benchmarks in all files. Before vitest 2, all groups were in one object, `testResults`, with their names as its keys. */
function groupsOf(json: unknown): Group[] {
  const groups = listAt(json, 'files').flatMap((file) => listAt(file, 'groups')) as { fullName: string }[];
  if (groups.length > 0)
    return groups.map((group) => ({ name: group.fullName, benchmarks: listAt(group, 'benchmarks') as Benchmark[] }));
  const named = Object.entries(field(json, 'testResults') ?? {}) as [string, unknown][];
  return named.map(([name, benchmarks]) => ({ name, benchmarks: listAt(benchmarks) as Benchmark[] }));
}
