import { describe, expect, it } from 'vitest';
import { benchmarksIn, samplesIn } from '../../../src/measure/formats/sample-sets.ts';
import { fileOf, fixture, recorded, results } from './made.ts';

const { googleBenchmark, googleRun, googleAggregate, jmh, pyperf, dotNet } = results;

const written = <T>(name: string): T => JSON.parse(fixture(name)) as T;

describe('what the real tools wrote', () => {
  it('hyperfine: parameters choose among results of one command', () => {
    const { results: all } = written<{ results: { times: number[] }[] }>('hyperfine-parameters.json');
    const read = (key: string) => samplesIn(recorded('hyperfine-parameters.json'), key);
    expect(read('n=0.002,size=1')).toEqual({ name: 'sleep 0.002 (size=1)', unit: 's', values: all[1]!.times });
    expect(read('sleep 0.001 (size=2)').values).toEqual(all[2]!.times);
    expect(() => read('size=2')).toThrow(
      /“size=2” fits several benchmarks .*: sleep 0.001 \(size=2\), sleep 0.002 \(size=2\)\./,
    );
  });

  it('hyperfine: equal commands without parameters are counted', () => {
    const file = recorded('hyperfine-equal-commands.json');
    const { results: all } = written<{ results: { times: number[] }[] }>('hyperfine-equal-commands.json');
    expect(() => samplesIn(file, 'sleep 0.01')).toThrow('“sleep 0.01” fits several benchmarks of');
    expect(samplesIn(file, '#2').values).toEqual(all[1]!.times);
    expect(benchmarksIn(file).map((b) => b.name)).toEqual(['sleep 0.01 (#1)', 'sleep 0.01 (#2)']);
  });

  it('go test: one name in two packages is two benchmarks', () => {
    const file = recorded('go-two-packages.txt');
    expect(benchmarksIn(file).map((b) => b.name)).toEqual([
      'BenchmarkParse (example.com/a)',
      'BenchmarkParse (example.com/b)',
    ]);
    for (const key of ['example.com/a.BenchmarkParse', 'a.BenchmarkParse', 'example.com/a', 'a'])
      expect(samplesIn(file, key).values).toEqual([100, 101, 102, 103, 104, 105]);
    expect(() => samplesIn(file, 'Parse')).toThrow('fits several benchmarks');
  });

  it('go test: a name may be given as the file spells it, with its number of processors', () => {
    expect(
      samplesIn(fileOf('BenchmarkX-8 1 5 ns/op 3 B/op\nBenchmarkY-8 1 6 ns/op\n'), 'BenchmarkX-8.B/op').values,
    ).toEqual([3]);
  });

  it('go test -json: the same, and a failure in one package does not affect another', () => {
    const file = recorded('go-events.json');
    expect(samplesIn(file, 'a.BenchmarkParse').values).toEqual([8.01, 8.22, 8.31, 3.21]);
    expect(samplesIn(file, 'a.BenchmarkFails').values).toHaveLength(4);
    expect(() => samplesIn(file, 'b.BenchmarkFails')).toThrow(/found a failure .*BenchmarkFails/);
  });

  it('pytest-benchmark with --benchmark-save-data', () => {
    const [first] = written<{ benchmarks: { stats: { data: number[] } }[] }>('pytest-benchmark-data.json').benchmarks;
    expect(samplesIn(recorded('pytest-benchmark-data.json'), 'test_sum')).toMatchObject({
      unit: 's',
      values: first!.stats.data,
    });
  });

  it('criterion.rs: the time of one iteration', () => {
    expect(samplesIn(recorded('criterion-sample.json'))).toEqual({
      name: 'sample',
      unit: 'ns',
      values: [1500, 1500, 1600],
    });
  });
});

const points = [
  { type: 'Metric', metric: 'http_req_duration', data: { type: 'trend', contains: 'time' } },
  ...[12, 13].map((value) => ({ type: 'Point', metric: 'http_req_duration', data: { value, tags: {} } })),
].map((line) => JSON.stringify(line));

it.each<[what: string, content: unknown, key: string | undefined, unit: string, values: number[]]>([
  [
    'repetitions of Google Benchmark',
    googleBenchmark(googleRun('BM_X/8', 10), googleRun('BM_X/8', 12), googleAggregate('BM_X/8', 'mean', 11)),
    undefined,
    'us',
    [10, 12],
  ],
  [
    'another column of it',
    googleBenchmark(googleRun('BM_X', 10), googleRun('BM_X', 12)),
    'BM_X.cpu_time',
    'us',
    [9, 11],
  ],
  [
    'a parameter of it',
    googleBenchmark(googleRun('BM_X/size:8/threads:2', 1), googleRun('BM_X/size:9/threads:2', 2)),
    'size:9',
    'us',
    [2],
  ],
  [
    'JMH, all forks',
    [
      jmh('org.X.sort', 'avgt', [
        [1, 2],
        [3, 4],
      ]),
    ],
    'sort',
    'us',
    [1, 2, 3, 4],
  ],
  [
    'a mode of JMH',
    [jmh('X.sort', 'avgt', [[1, 2]]), jmh('X.sort', 'thrpt', [[7, 8]], 'ops/s')],
    'thrpt',
    'ops/s',
    [7, 8],
  ],
  ['BenchmarkDotNet', { Benchmarks: [dotNet('Sort', [1, 2, 3])] }, 'Sort', 'ns', [1, 2, 3]],
  [
    'a job of BenchmarkDotNet',
    {
      Benchmarks: [dotNet('Sort', [1], { DisplayInfo: 'Words.Sort: .NET 8.0(Runtime=.NET 8.0)' }), dotNet('Sort', [2])],
    },
    'DefaultJob',
    'ns',
    [2],
  ],
  [
    'BenchmarkDotNet before its version 0.10',
    {
      Benchmarks: [
        dotNet('Sort', null, {
          Statistics: { Mean: 2 },
          Measurements: [
            { IterationMode: 'Result', Operations: 4, Nanoseconds: 8 },
            { IterationMode: 'MainWarmup', Operations: 1, Nanoseconds: 9 },
          ],
        }),
      ],
    },
    undefined,
    'ns',
    [2],
  ],
  [
    'pyperf, all processes, without warm-ups',
    { metadata: {}, benchmarks: [pyperf('sum', [0.1, 0.2], [0.3])] },
    undefined,
    's',
    [0.1, 0.2, 0.3],
  ],
  [
    'a metric of pyperf in bytes',
    { metadata: { unit: 'byte' }, benchmarks: [pyperf('sum', [5, 6])] },
    'sum',
    'bytes',
    [5, 6],
  ],
  [
    'vitest with samples',
    {
      files: [
        { groups: [{ fullName: 'x.bench.ts > words', benchmarks: [{ name: 'sort', mean: 2, samples: [1, 3] }] }] },
      ],
    },
    'sort',
    'ms',
    [1, 3],
  ],
  [
    'mitata with samples',
    { benchmarks: [{ alias: 'sort', runs: [{ name: 'sort', args: {}, stats: { avg: 2, samples: [1, 3] } }] }] },
    undefined,
    'ns',
    [1, 3],
  ],
  [
    'arguments of mitata',
    {
      benchmarks: [
        { alias: 'sort', runs: [1, 2].map((n) => ({ name: 'sort', args: { n }, stats: { samples: [n] } })) },
      ],
    },
    'n=2',
    'ns',
    [2],
  ],
  [
    'tinybench',
    [{ name: 'sort', result: { latency: { mean: 2, samples: [1, 3] }, throughput: { mean: 5 } } }],
    undefined,
    'ms',
    [1, 3],
  ],
  ['tinybench of version 2', [{ name: 'sort', result: { mean: 2, hz: 500, samples: [1, 3] } }], 'sort', 'ms', [1, 3]],
  ['points of k6', points.join('\n'), 'http_req_duration', 'ms', [12, 13]],
  [
    'several plans of EXPLAIN',
    'Planning Time: 0.1 ms\nExecution Time: 2.5 ms\nPlanning Time: 0.1 ms\nExecution Time: 2.75 ms\n',
    undefined,
    'ms',
    [2.5, 2.75],
  ],
  [
    'sizes of Go without times',
    'BenchmarkX 1 100 text-bytes\nBenchmarkX 1 101 text-bytes\n',
    undefined,
    'text-bytes',
    [100, 101],
  ],
  ['numbers, one a line', '# five runs\n12.5\n\n1e1\n', undefined, '', [12.5, 10]],
  ['numbers with one unit', '12 ms, 13ms\n14 ms\n', undefined, 'ms', [12, 13, 14]],
  ['numbers that a shell of Windows wrote', Buffer.from('\ufeff1.5\r\n2.5\r\n', 'utf16le'), undefined, '', [1.5, 2.5]],
  ['a column of CSV', 'parse_ms,sort_ms\n1,5\n2,6\n', 'sort_ms', 'ms', [5, 6]],
  ['the only column', 'time (us)\n1\n2\n', undefined, 'us', [1, 2]],
  ['CSV with names', 'name;ms\n"a;b";1\nc;5\n"a;b";2\n', 'a;b', 'ms', [1, 2]],
  ['an array for each benchmark', { parse: [1, 2], sort: [3] }, 'sort', '', [3]],
  [
    'values with names',
    [
      { name: 'parse', value: 3, unit: 'ms' },
      { name: 'parse', value: 4, unit: 'ms' },
    ],
    undefined,
    'ms',
    [3, 4],
  ],
])('%s', (_, content, key, unit, values) => {
  expect(samplesIn(fileOf(content), key)).toMatchObject({ unit, values });
});

it('tabs separate columns, and empty cells are no samples', () => {
  const sets = benchmarksIn(fileOf('parse\tsort\n1\t5\n\t6\n'));
  expect(sets.map(({ name, set }) => [name, 'values' in set && set.values])).toEqual([
    ['parse', [1]],
    ['sort', [5, 6]],
  ]);
});

it('warnings of the tool before its JSON, and of the compiler between events, do no harm', () => {
  const json = JSON.stringify(googleBenchmark(googleRun('BM_X', 5)), null, 1);
  expect(samplesIn(fileOf(`***WARNING*** CPU scaling is enabled\n${json}\n`)).values).toEqual([5]);
  expect(
    samplesIn(fileOf(`# example.com/c\nc.go:1: oops\n${fixture('go-events.json')}`), 'a.BenchmarkParse').values,
  ).toHaveLength(4);
});
