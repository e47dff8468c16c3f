import { type Format, field, listAt, type Row, statsOf } from './row.ts';

type Score = { score: number; scoreUnit: string; scorePercentiles?: object; rawData?: unknown[][] };
type Benchmark = {
  benchmark: string;
  mode: string;
  params?: Record<string, string>;
  primaryMetric: Score;
  secondaryMetrics?: Record<string, Score>;
};

/**
 * `java -jar … -rf json`. Parameters become part of the benchmark's name. Benchmarks of the same name are distinguished by their mode. In
 * the mode `thrpt` (throughput, unit `ops/s`), higher numbers are better.
 */
export const jmh: Format = {
  writtenBy: '`-rf json` of JMH',
  samples: 'Run JMH in a mode other than `sample`, which writes a histogram; every other mode writes `rawData`.',
  fits: ({ json }) => listAt(json).some((row) => 'primaryMetric' in row && typeof field(row, 'benchmark') === 'string'),
  read: ({ json }) =>
    (listAt(json) as Benchmark[]).map(({ benchmark, mode, params, primaryMetric, secondaryMetrics }): Row => {
      const values = Object.entries(params ?? {}).map(([name, value]) => `${name}=${value}`);
      const stats = scoreOf(primaryMetric);
      for (const [name, metric] of Object.entries(secondaryMetrics ?? {})) {
        for (const [stat, value] of Object.entries(scoreOf(metric))) stats[`${name}.${stat}`] = value;
      }
      const name = values.length > 0 ? `${benchmark}:${values.join(',')}` : benchmark;
      return { name, among: [mode, ...values], main: 'score', stats };
    }),
};

function scoreOf({ score, scoreUnit, scorePercentiles, rawData }: Score): Row['stats'] {
  const unit = scoreUnit.replace(/\/op$/, ''); // `ns/op` is a time, `ops/ms` is not
  const stats = { ...statsOf({ score }, unit), ...statsOf(scorePercentiles, unit, 'p') };
  const samples = (rawData ?? []).flat();
  if (stats.score && samples.length > 0) stats.score.samples = samples;
  return stats;
}
