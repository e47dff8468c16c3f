import { type Format, failedAnswers, field, firstLineHas, jsonLines, mean, type Row, sampled, statsOf } from './row.ts';

type Metric = { contains?: string; values?: object };

/**
 * The output of k6: the summary at the end of the test, or the points of `--out json=FILE`, one per line. `handleSummary` writes a metric's
 * statistics under the key `values`, and `--summary-export` writes them directly into the metric. `http_req_duration` includes the times of
 * failed requests, so perf-gate does not use this metric if many requests failed. Successful requests are in
 * `http_req_duration{expected_response:true}`.
 */
export const k6: Format = {
  writtenBy: '`k6 run --summary-export`, `--out json=FILE`',
  samples: 'Run k6 with --out json=FILE, which writes every sample.',
  fits: ({ text, json }) =>
    field(json, 'metrics') !== undefined || (firstLineHas(text, 'metric') && firstLineHas(text, 'data')),
  read: ({ text, json }) => (field(json, 'metrics') === undefined ? pointsIn(text) : summary(json)),
};

function summary(json: unknown): Row[] {
  const metrics = Object.entries((json as { metrics: Record<string, Metric> }).metrics);
  const failed = failureOf((json as { metrics: Record<string, Metric> }).metrics.http_req_failed);
  return metrics.map(([name, metric]): Row => {
    const trend = 'med' in (metric.values ?? metric);
    const time = metric.contains === undefined ? trend : metric.contains === 'time';
    const stats = statsOf(metric.values ?? metric, time ? 'ms' : '');
    const main = ['avg', 'rate', 'value', 'count'].find((stat) => stats[stat]) ?? 'avg';
    return failed && isOfRequests(name) ? { name, main, stats: {}, failed } : { name, main, stats };
  });
}

/** Whether a metric, such as `http_req_duration`, contains the times of all requests, successful and failed. */
const isOfRequests = (name: string) => /^http_req_(?!failed)\w+$/.test(name);

/** A description of the failure if too many requests failed. k6 counts the failed requests as the `passes` of `http_req_failed`. */
function failureOf(metric: Metric | undefined): string | undefined {
  const { passes = 0, fails = 0 } = (metric?.values ?? metric ?? {}) as { passes?: number; fails?: number };
  return failedAnswers(passes, passes + fails, 'were failures');
}

type Point = {
  type: string;
  metric: string;
  data: { value: number; contains?: string; tags?: Record<string, string> };
};

function pointsIn(text: string): Row[] {
  const metrics = new Map<string, { time: boolean; values: number[] }>();
  let [failures, requests] = [0, 0];
  for (const { type, metric, data } of jsonLines(text) as Point[]) {
    const known = metrics.get(metric) ?? { time: false, values: [] };
    metrics.set(metric, known);
    if (type === 'Metric') known.time = data.contains === 'time';
    if (type !== 'Point') continue;
    known.values.push(data.value);
    if (metric === 'http_req_failed') [failures, requests] = [failures + data.value, requests + 1];
  }
  const failed = failedAnswers(failures, requests, 'were failures');
  return [...metrics].flatMap(([name, { time, values }]): Row[] => {
    if (values.length === 0) return [];
    if (failed && isOfRequests(name)) return [{ name, main: 'avg', stats: {}, failed }];
    return [{ name, main: 'avg', stats: { avg: sampled(values, time ? 'ms' : '', mean(values)) } }];
  });
}
