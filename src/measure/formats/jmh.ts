import { type Format, type Row, statsOf } from './row.ts';

type Score = { score: number; scoreUnit: string; scorePercentiles?: object };
type Benchmark = {
  benchmark: string;
  mode: string;
  params?: Record<string, string>;
  primaryMetric: Score;
  secondaryMetrics?: Record<string, Score>;
};

/** `java -jar … -rf json`. Parameters become part of the name. A throughput (`mode: thrpt`, unit `ops/s`) is better when higher. */
export const jmh: Format = (text) =>
  (JSON.parse(text) as Benchmark[]).map(({ benchmark, params, primaryMetric, secondaryMetrics }): Row => {
    const values = Object.entries(params ?? {}).map(([name, value]) => `${name}=${value}`);
    const stats = scoreOf(primaryMetric);
    for (const [name, metric] of Object.entries(secondaryMetrics ?? {})) {
      for (const [stat, value] of Object.entries(scoreOf(metric))) stats[`${name}.${stat}`] = value;
    }
    return { name: values.length > 0 ? `${benchmark}:${values.join(',')}` : benchmark, main: 'score', stats };
  });

function scoreOf({ score, scoreUnit, scorePercentiles }: Score): Row['stats'] {
  const unit = scoreUnit.replace(/\/op$/, ''); // `ns/op` is a time, `ops/ms` is not
  return { ...statsOf({ score }, unit), ...statsOf(scorePercentiles, unit, 'p') };
}
