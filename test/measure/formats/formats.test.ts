import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FormatName, formats, formatted } from '../../../src/measure/formats/formats.ts';

const fixture = (file: string) => readFileSync(join(import.meta.dirname, 'fixtures/formats', file), 'utf8');
const read = (format: FormatName, file: string, ask: { key?: string; unit?: string } = {}) => {
  const source = ask.key === undefined ? { format, file } : { format, file, key: ask.key };
  return formatted(fixture(file), source, ask.unit ?? '');
};
/** A number of a result that a real tool wrote here, so that it is not known beforehand. */
const written = (file: string, ...path: (string | number)[]) =>
  path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown>)[key],
    JSON.parse(fixture(file)),
  ) as number;

describe('results that the real tools wrote', () => {
  it('hyperfine: one command among several, in seconds, turned to the unit of the metric', () => {
    const [mean, median] = ['mean', 'median'].map((stat) => written('hyperfine.json', 'results', 1, stat)) as [
      number,
      number,
    ];
    expect(read('hyperfine', 'hyperfine.json', { key: 'sleep 0.02', unit: 'ms' })).toBeCloseTo(mean * 1000, 9);
    expect(read('hyperfine', 'hyperfine.json', { key: 'sleep 0.02.median', unit: 's' })).toBe(median);
  });

  it('pytest-benchmark: by the name of the test alone', () => {
    const min = written('pytest-benchmark.json', 'benchmarks', 1, 'stats', 'min');
    expect(read('pytest-benchmark', 'pytest-benchmark.json', { key: 'test_sort.min', unit: 'us' })).toBeCloseTo(
      min * 1e6,
      6,
    );
  });

  it('vitest: by name where it is the only one, with its group where it is not', () => {
    const group = (n: number, stat: string) =>
      written('vitest-bench.json', 'files', 0, 'groups', n, 'benchmarks', 0, stat);
    expect(read('vitest-bench', 'vitest-bench.json', { key: 'sum', unit: 'ms' })).toBe(group(0, 'mean'));
    expect(read('vitest-bench', 'vitest-bench.json', { key: 'sum.hz', unit: 'ops/s' })).toBe(group(0, 'hz'));
    expect(read('vitest-bench', 'vitest-bench.json', { key: 'sort' })).toMatchObject({
      found: expect.stringContaining(', '),
    });
    expect(read('vitest-bench', 'vitest-bench.json', { key: 'x.bench.ts > words > sort' })).toBe(group(1, 'mean'));
  });

  it('tinybench 2: flat', () => {
    expect(read('tinybench', 'tinybench.json', { key: 'sum', unit: 'ms' })).toBe(
      written('tinybench.json', 0, 'result', 'mean'),
    );
  });
});

it.each<[format: FormatName, file: string, ask: { key?: string; unit?: string }, value: number]>([
  ['tinybench', 'tinybench-6.json', {}, 0.00025],
  ['tinybench', 'tinybench-6.json', { key: 'throughput.mean' }, 4e6],
  ['mitata', 'mitata.json', { unit: 'us' }, 1.2505],
  ['mitata', 'mitata.json', { key: 'parse.p99', unit: 'ns' }, 1900],
  ['go-bench', 'go-bench.txt', { key: 'BenchmarkSplit/size-10', unit: 'ns' }, 1050],
  ['go-bench', 'go-bench.txt', { key: 'BenchmarkSplit/size-10.B/op', unit: 'bytes' }, 160],
  ['go-bench', 'go-bench.txt', { key: 'BenchmarkJoin.MB/s' }, 310.25],
  ['criterion', 'criterion-estimates.json', { unit: 'ns' }, 1495.5],
  ['criterion', 'criterion-estimates.json', { key: 'median', unit: 'us' }, 1.5],
  ['criterion', 'criterion-sample.json', { unit: 'ns' }, (1500 + 1500 + 1600) / 3],
  ['google-benchmark', 'google-benchmark.json', { unit: 'us' }, 105],
  ['google-benchmark', 'google-benchmark.json', { key: 'BM_Copy/1024.cpu_time', unit: 'ms' }, 0.1],
  ['jmh', 'jmh.json', { key: 'Sorting.sort:size=10', unit: 'us' }, 12.5],
  ['jmh', 'jmh.json', { key: 'org.example.Sorting.sort:size=10.gc.alloc.rate.norm.score' }, 64],
  ['jmh', 'jmh.json', { key: 'org.example.Reading.read', unit: 'ops/s' }, 3500],
  ['autocannon', 'autocannon.json', { unit: 'ms' }, 1.25],
  ['autocannon', 'autocannon.json', { key: 'latency.p99', unit: 'ms' }, 4],
  ['autocannon', 'autocannon.json', { key: 'non2xx' }, 3],
  ['k6', 'k6-summary.json', { key: 'http_req_duration.p(95)', unit: 'ms' }, 25.5],
  ['k6', 'k6-summary.json', { key: 'http_reqs' }, 250.5],
  ['k6', 'k6-export.json', { key: 'http_req_duration', unit: 's' }, 0.0125],
  ['explain-analyze', 'explain-postgres.txt', { unit: 'ms' }, 2.671],
  ['explain-analyze', 'explain-postgres.txt', { key: 'planning_time', unit: 'us' }, 80],
  ['explain-analyze', 'explain-postgres.json', { unit: 'ms' }, 2.671],
  ['explain-analyze', 'explain-mysql.txt', { unit: 'ms' }, 14.2],
])('%s, %s, %j', (format, file, ask, value) => {
  expect(read(format, file, ask)).toBeCloseTo(value, 9);
});

describe('missing values', () => {
  it.each<[what: string, format: FormatName, file: string, key: string | undefined]>([
    ['an unknown key', 'hyperfine', 'hyperfine.json', 'sleep 9'],
    ['no key where several benchmarks are', 'hyperfine', 'hyperfine.json', undefined],
    ['an unknown statistic', 'mitata', 'mitata.json', 'parse.p42'],
    ['the result of another tool', 'hyperfine', 'mitata.json', undefined],
    ['text where JSON is expected', 'jmh', 'go-bench.txt', undefined],
    ['no benchmark at all', 'go-bench', 'explain-postgres.txt', undefined],
  ])('is an error, never a number: %s', (_, format, file, key) => {
    expect(read(format, file, key === undefined ? {} : { key })).toMatchObject({ expected: expect.any(String) });
  });

  it('holds for every format with an empty file', () => {
    for (const format of Object.keys(formats) as FormatName[]) {
      expect(formatted('', { format, file: 'empty' }, 'ms')).toMatchObject({
        expected: expect.stringContaining(format),
      });
      expect(formatted('{}', { format, file: 'empty' }, 'ms')).toMatchObject({ expected: expect.any(String) });
    }
  });
});
