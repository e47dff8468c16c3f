import { type Format, statsOf } from './row.ts';

type Metric = { contains?: string; values?: object };

/** The end-of-test summary of k6, from `handleSummary` (statistics under `values`) or `--summary-export` (flat). */
export const k6: Format = (text) =>
  Object.entries((JSON.parse(text) as { metrics: Record<string, Metric> }).metrics).map(([name, metric]) => {
    const trend = 'med' in (metric.values ?? metric);
    const time = metric.contains === undefined ? trend : metric.contains === 'time';
    const stats = statsOf(metric.values ?? metric, time ? 'ms' : '');
    return { name, main: ['avg', 'rate', 'value', 'count'].find((stat) => stats[stat]) ?? 'avg', stats };
  });
