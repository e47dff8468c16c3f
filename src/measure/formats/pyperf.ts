import { type Format, field, listAt, mean, type Row, sampled } from './row.ts';

type Metadata = { name?: string; unit?: string };
type Benchmark = { metadata?: Metadata; runs: { values?: unknown[] }[] };

/**
 * The file of pyperf's option `-o`. Every value is the time of one loop, in the unit that the file's metadata contain, or else in
 * seconds. Warm-ups are separate.
 */
export const pyperf: Format = {
  writtenBy: '`-o FILE` of pyperf',
  samples: 'Run pyperf without --calibrate. With this option, pyperf writes no values.',
  fits: ({ json }) =>
    listAt(json, 'benchmarks').some((b) => listAt(b, 'runs').some((run) => 'values' in run || 'warmups' in run)),
  read: ({ json }) =>
    (listAt(json, 'benchmarks') as Benchmark[]).flatMap(({ metadata, runs }): Row[] => {
      const common = field(json, 'metadata') as Metadata | undefined;
      const { name = '', unit = 'second' } = { ...common, ...metadata };
      const values = runs.flatMap((run) => run.values ?? []);
      if (values.length === 0) return [];
      const stats = { mean: sampled(values, units[unit] ?? '', mean(values as number[])) };
      return [{ name, main: 'mean', stats }];
    }),
};

const units: Partial<Record<string, string>> = { second: 's', byte: 'bytes' };
