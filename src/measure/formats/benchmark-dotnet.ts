import { type Format, field, listAt, type Row, sampled, statsOf } from './row.ts';

type Measurement = { IterationMode: string; IterationStage?: string; Operations: number; Nanoseconds: number };
type Benchmark = {
  DisplayInfo?: string;
  FullName?: string;
  Namespace?: string;
  Type: string;
  Method: string;
  Parameters?: string;
  Statistics: { Mean: number; OriginalValues?: unknown[] } | null;
  Measurements?: Measurement[];
};

/** BenchmarkDotNet's `*-report*.json`: nanoseconds per operation. If a benchmark has no statistics, it failed. */
export const benchmarkDotNet: Format = {
  writtenBy: '`--exporters json` of BenchmarkDotNet',
  samples: 'Export with --exporters json. The full report holds the samples (`OriginalValues`).',
  fits: ({ json }) =>
    listAt(json, 'Benchmarks').some((benchmark) => 'Method' in benchmark && 'Statistics' in benchmark),
  read: ({ json }) =>
    (listAt(json, 'Benchmarks') as Benchmark[]).map((benchmark): Row => {
      const row = { name: nameOf(benchmark), among: jobOf(benchmark), main: 'Mean' };
      const { Statistics } = benchmark;
      if (!Statistics) return { ...row, stats: {}, failed: 'it has no statistics, because it failed' };
      const { Percentiles, ConfidenceInterval: _, ...rest } = Statistics as typeof Statistics & Record<string, unknown>;
      const stats = { ...statsOf(rest, 'ns'), ...statsOf(Percentiles, 'ns', 'Percentiles.') };
      const samples = Statistics.OriginalValues ?? resultsOf(benchmark.Measurements ?? []);
      if (samples.length > 0) stats.Mean = sampled(samples, 'ns', Statistics.Mean);
      return { ...row, stats };
    }),
};

const nameOf = ({ FullName, Namespace, Type, Method, Parameters }: Benchmark) =>
  FullName ?? [Namespace, Type, Method].filter(Boolean).join('.') + (Parameters ? `(${Parameters})` : '');

/** The name of the job, which follows the benchmark's name in `DisplayInfo`: `Type.Method: .NET 8.0(Runtime=.NET 8.0) [N=10]`. */
function jobOf({ DisplayInfo, Parameters }: Benchmark): string[] {
  const [, job] = /^[^:]*: ([^[(]+)/.exec(DisplayInfo ?? '') ?? [];
  const parameters = (Parameters ?? '').split('&').filter(Boolean);
  return [...(job ? [job.trim()] : []), ...parameters];
}

/**
 * The times of the iterations in ns per operation, from which BenchmarkDotNet has subtracted its own overhead. Older versions of
 * BenchmarkDotNet write no `IterationStage`, and mark these times by `IterationMode`.
 */
const resultsOf = (measurements: readonly Measurement[]) =>
  measurements
    .filter((m) => field(m, 'IterationStage') === 'Result' || m.IterationMode === 'Result')
    .map((m) => m.Nanoseconds / m.Operations);
