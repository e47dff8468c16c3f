import { type Format, field, listAt, type Row, type Stat, statsOf } from './row.ts';

type Benchmark = {
  name: string;
  run_name?: string;
  run_type?: string;
  aggregate_name?: string;
  time_unit?: string;
  real_time: number;
  cpu_time: number;
  error_occurred?: boolean;
  error_message?: string;
  skipped?: boolean;
  skip_message?: string;
};

/**
 * The output of Google Benchmark with `--benchmark_format=json`. Aggregates are statistics of a benchmark's repetitions. They are read only
 * if the file does not contain the repetitions themselves. The aggregate `mean` is then the benchmark's time, and other aggregates get
 * names such as `real_time.median`.
 */
export const googleBenchmark: Format = {
  writtenBy: '`--benchmark_out=FILE` of Google Benchmark',
  samples: 'Run it with --benchmark_repetitions=10, and without --benchmark_report_aggregates_only.',
  fits: ({ json }) =>
    listAt(json, 'benchmarks').some((b) => ['real_time', 'error_occurred', 'skipped'].some((key) => key in b)),
  read({ json }) {
    const all = (listAt(json, 'benchmarks') as Benchmark[]).map((benchmark) => ({ ...benchmark, ...runOf(benchmark) }));
    const runs = all.filter(({ aggregate }) => aggregate === undefined);
    const repeated = new Set(runs.map(({ run }) => run));
    const alone = all.filter(({ run, aggregate }) => aggregate !== undefined && !repeated.has(run));
    const aggregates = [...new Set(alone.map(({ run }) => run))].map((run) => ofAggregates(run, alone));
    // rows about the complexity of a benchmark (BigO, RMS) have no times
    return [...runs.map(ofRun), ...aggregates.filter((row) => row.failed !== undefined || row.stats[row.main])];
  },
};

type Run = Benchmark & { run: string; aggregate?: string };

/**
 * The name of a row's benchmark and, if the row is an aggregate, the name of the aggregate. Before version 1.5 of Google Benchmark, both
 * are only in the row's name.
 */
function runOf({ name, run_name, run_type, aggregate_name }: Benchmark): { run: string; aggregate?: string } {
  if (run_type === 'aggregate') return { run: run_name ?? name, aggregate: aggregate_name ?? '' };
  const [, run, aggregate] = /^(.*)_(mean|median|stddev|cv|BigO|RMS)$/.exec(name) ?? [];
  if (run_type === undefined && run !== undefined && aggregate !== undefined) return { run, aggregate };
  return { run: run_name ?? name };
}

function ofRun({ run, aggregate: _, ...benchmark }: Run): Row {
  const { name: _name, time_unit = 'ns', real_time, cpu_time, error_message, skip_message, ...counters } = benchmark;
  const row = { name: run, main: 'real_time' };
  if (benchmark.error_occurred) return { ...row, stats: {}, failed: `an error (${error_message ?? 'no message'})` };
  if (benchmark.skipped) return { ...row, stats: {}, failed: `it was skipped (${skip_message ?? 'no message'})` };
  const stats: Record<string, Stat> = { ...statsOf(counters, ''), ...statsOf({ real_time, cpu_time }, time_unit) };
  for (const stat of Object.values(stats)) stat.samples = [stat.value];
  return { ...row, stats };
}

function ofAggregates(run: string, rows: readonly Run[]): Row {
  const stats: Record<string, Stat> = {};
  for (const { aggregate = '', real_time, cpu_time, time_unit = 'ns' } of rows.filter((row) => row.run === run)) {
    const unit = aggregate === 'cv' ? '' : time_unit;
    for (const [name, stat] of Object.entries(statsOf({ real_time, cpu_time }, unit)))
      stats[aggregate === 'mean' || aggregate === '' ? name : `${name}.${aggregate}`] = stat;
  }
  const main = stats.real_time ? 'real_time' : (Object.keys(stats)[0] ?? 'real_time');
  const failed = rows.find((row) => row.run === run && field(row, 'error_occurred') === true)?.error_message;
  return failed === undefined
    ? { name: run, main, stats }
    : { name: run, main, stats: {}, failed: `an error (${failed})` };
}
