import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../helpers/repository.ts';

/** A file of the recorded results. */
export const recorded = (name: string) => join(import.meta.dirname, 'fixtures/formats', name);
export const fixture = (name: string) => readFileSync(recorded(name), 'utf8');

/** A new file with this text, or with this value as JSON. */
export function fileOf(content: unknown): string {
  const path = join(temporaryFolder(), 'results');
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

/** Results in the documented form of each tool, cut to what is read. */
export const results = {
  googleBenchmark: (...rows: object[]) => ({ context: {}, benchmarks: rows }),
  googleRun: (run_name: string, real_time: number, more: object = {}) => ({
    name: run_name,
    run_name,
    run_type: 'iteration',
    iterations: 10,
    real_time,
    cpu_time: real_time - 1,
    time_unit: 'us',
    ...more,
  }),
  googleAggregate: (run_name: string, aggregate_name: string, real_time: number) => ({
    name: `${run_name}_${aggregate_name}`,
    run_name,
    run_type: 'aggregate',
    aggregate_name,
    real_time,
    cpu_time: real_time,
    time_unit: 'us',
  }),
  jmh: (benchmark: string, mode: string, rawData: number[][], scoreUnit = 'us/op') => ({
    benchmark,
    mode,
    primaryMetric: { score: rawData.flat()[0], scoreUnit, scorePercentiles: { '50.0': 1 }, rawData },
    secondaryMetrics: {},
  }),
  pyperf: (name: string, ...runs: number[][]) => ({
    metadata: { name },
    runs: [{ warmups: [[1, 9]] }, ...runs.map((values) => ({ values }))],
  }),
  dotNet: (Method: string, OriginalValues: number[] | null, more: object = {}) => ({
    DisplayInfo: `Words.${Method}: DefaultJob`,
    Namespace: 'Example',
    Type: 'Words',
    Method,
    Parameters: '',
    FullName: `Example.Words.${Method}`,
    Statistics: OriginalValues && { OriginalValues, Mean: 2, Median: 2, Percentiles: { P95: 3 } },
    ...more,
  }),
  autocannon: (more: object) => ({
    latency: { average: 1.25, p99: 4 },
    requests: { average: 100, total: 1000, sent: 1000 },
    errors: 0,
    timeouts: 0,
    non2xx: 0,
    ...more,
  }),
  k6: (failed: number, all: number) => ({
    metrics: {
      http_req_duration: { avg: 12, med: 11 },
      'http_req_duration{expected_response:true}': { avg: 13, med: 12 },
      http_req_failed: { passes: failed, fails: all - failed, value: failed / all },
    },
  }),
};
