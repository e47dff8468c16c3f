import { describe, expect, it } from 'vitest';
import { type FormatName, formatted } from '../../../src/measure/formats/formats.ts';
import { samplesIn } from '../../../src/measure/formats/sample-sets.ts';
import { fileOf, fixture, recorded, results } from './made.ts';

const { googleBenchmark, googleRun, googleAggregate, dotNet, autocannon, k6 } = results;

/** The message and the hint that a file is refused with. */
function refusal(content: unknown, key?: string): string {
  try {
    samplesIn(fileOf(content), key);
  } catch (error) {
    const { message, hint } = error as { message: string; hint: string };
    return `${message.replace(/^\S+ /, '')} ${hint}`;
  }
  throw new Error('it was read');
}

const value = (format: FormatName, content: unknown, key?: string) =>
  formatted(
    typeof content === 'string' ? content : JSON.stringify(content),
    { format, file: 'out', ...(key ? { key } : {}) },
    '',
  );

describe('a failed run has no value', () => {
  const failed = googleRun('BM_X', 0, { error_occurred: true, error_message: 'no device' });
  const hyperfine = (exit_codes: (number | null)[]) => ({
    results: [{ command: 'x', mean: 1, times: [1, 1], exit_codes }],
  });

  it.each<[what: string, format: FormatName, content: unknown, key: string | undefined, found: RegExp]>([
    ['an error of Google Benchmark', 'google-benchmark', googleBenchmark(failed), undefined, /no device/],
    ['one of its repetitions', 'google-benchmark', googleBenchmark(googleRun('BM_X', 9), failed), 'BM_X', /no device/],
    [
      'one that was skipped',
      'google-benchmark',
      googleBenchmark(googleRun('BM_X', 0, { skipped: true, skip_message: 'no GPU' })),
      undefined,
      /no GPU/,
    ],
    ['exit codes of hyperfine', 'hyperfine', hyperfine([0, 1]), undefined, /exit code 1 in run 2/],
    ['a run that a signal ended', 'hyperfine', hyperfine([null, 0]), 'x', /run 1 ended by a signal/],
    ['a statistic of such runs', 'hyperfine', hyperfine([0, 1]), 'x.median', /exit code 1/],
    [
      'answers that were not 2xx',
      'autocannon',
      autocannon({ non2xx: 1000 }),
      undefined,
      /1000 of 1000 answers were not 2xx/,
    ],
    ['some answers that were not', 'autocannon', autocannon({ non2xx: 20 }), 'latency.p99', /20 of 1000 answers/],
    [
      'connections that failed',
      'autocannon',
      autocannon({ errors: 500, requests: { average: 0, total: 0 } }),
      undefined,
      /500 of 500/,
    ],
    [
      'a server that never answered',
      'autocannon',
      autocannon({ requests: { average: 0, total: 0 } }),
      'requests.average',
      /no answer/,
    ],
    ['requests of k6 that failed', 'k6', k6(400, 1000), 'http_req_duration', /400 of 1000 answers/],
    [
      'a benchmark of BenchmarkDotNet without statistics',
      'benchmark-dotnet',
      { Benchmarks: [dotNet('Sort', null)] },
      undefined,
      /it failed/,
    ],
    [
      'a task of tinybench that threw',
      'tinybench',
      [{ name: 'a', result: { error: { message: 'boom' }, mean: 0 } }],
      undefined,
      /boom/,
    ],
    [
      'a run of mitata that threw',
      'mitata',
      { benchmarks: [{ alias: 'a', runs: [{ name: 'a', error: {} }] }] },
      undefined,
      /threw/,
    ],
    [
      'a benchmark of Go that failed',
      'go-bench',
      'BenchmarkX-2 1 5 ns/op\n--- FAIL: BenchmarkX\n',
      undefined,
      /a failure/,
    ],
  ])('%s', (_, format, content, key, found) => {
    expect(value(format, content, key)).toEqual({
      expected: expect.stringMatching(/ended well/),
      found: expect.stringMatching(found),
    });
    expect(refusal(content, key)).toMatch(found);
  });

  it('statistics that count failures can be read', () => {
    expect(value('autocannon', autocannon({ non2xx: 1000 }), 'non2xx')).toBe(1000);
    expect(value('k6', k6(400, 1000), 'http_req_failed.value')).toBe(0.4);
    expect(value('k6', k6(400, 1000), 'http_req_duration{expected_response:true}')).toBe(13);
  });

  it('the failure of one benchmark does not affect another, and one failed answer in a thousand is ignored', () => {
    expect(value('google-benchmark', googleBenchmark(failed, googleRun('BM_Y', 7)), 'BM_Y')).toBe(7);
    expect(value('autocannon', autocannon({ non2xx: 1 }), 'latency.average')).toBe(1.25);
    expect(value('k6', k6(1, 1000), 'http_req_duration')).toBe(12);
  });
});

describe('distinct benchmarks are never averaged', () => {
  it.each<[format: FormatName, file: string, key: string, answer: object | number]>([
    [
      'go-bench',
      'go-two-packages.txt',
      'BenchmarkParse',
      { found: 'BenchmarkParse (example.com/a), BenchmarkParse (example.com/b)' },
    ],
    ['go-bench', 'go-two-packages.txt', 'example.com/b.BenchmarkParse', 1002.5],
    ['hyperfine', 'hyperfine-equal-commands.json', 'sleep 0.01', { found: 'sleep 0.01 (#1), sleep 0.01 (#2)' }],
  ])('%s: %s, %s', (format, file, key, answer) => {
    const read = value(format, fixture(file), key);
    if (typeof answer === 'number') expect(read).toBe(answer);
    else expect(read).toMatchObject(answer);
  });
});

describe('statistics without samples', () => {
  it.each([
    [
      'aggregates of Google Benchmark',
      googleBenchmark(googleAggregate('BM_X', 'mean', 10)),
      /only statistics \(real_time, cpu_time\).*without --benchmark_report_aggregates_only/,
    ],
    [
      'pytest-benchmark without data',
      { benchmarks: [{ fullname: 'x.py::test_sort', stats: { mean: 1 } }] },
      /--benchmark-save-data/,
      'test_sort',
    ],
    ['vitest without samples', fixture('vitest-bench.json'), /includeSamples/, 'numbers > sum'],
    [
      'mitata without samples',
      { benchmarks: [{ alias: 'parse', runs: [{ name: 'parse', stats: { avg: 1 } }] }] },
      /samples: true/,
      'parse',
    ],
    ['autocannon', fixture('autocannon.json'), /autocannon writes percentiles/],
    ['estimates of criterion', fixture('criterion-estimates.json'), /new\/sample\.json/],
    ['a summary of k6', fixture('k6-summary.json'), /--out json=FILE/, 'http_req_duration'],
    ['the CSV of hyperfine', 'command,mean,stddev,median,user,system,min,max\nx,1,1,1,1,1,1,1\n', /--export-json/],
  ] as [string, unknown, RegExp, string?][])('%s: the hint says how to get them', (_, content, hint, key) => {
    expect(refusal(content, key)).toMatch(hint);
  });

  it('can still be read by a source: the mean of the aggregates', () => {
    const only = googleBenchmark(
      googleAggregate('BM_X', 'mean', 10),
      googleAggregate('BM_X', 'median', 9),
      googleAggregate('BM_X', 'cv', 0.1),
    );
    expect(value('google-benchmark', only, 'BM_X')).toBe(10);
    expect(value('google-benchmark', only, 'BM_X.real_time.median')).toBe(9);
    const old = {
      benchmarks: ['mean', 'stddev'].map((what, i) => ({
        name: `BM_X_${what}`,
        real_time: 10 - i,
        cpu_time: 1,
        time_unit: 'ns',
      })),
    };
    expect(value('google-benchmark', old)).toBe(10);
  });
});

it.each([
  ['PostgreSQL up to 10', 'Planning time: 0.25 ms\nExecution time: 2.5 ms\n', 2.5],
  ['PostgreSQL up to 9.3', ' Seq Scan on t  (actual time=0.1..2 rows=9)\n Total runtime: 2.5 ms\n', 2.5],
  ['psql in frames', '| Planning Time: 0.1 ms   |\n| Execution Time: 2.5 ms  |\n', 2.5],
  [
    'JSON in the frame of psql',
    ' [                  +\n   {                +\n     "Execution Time": 2.5+\n   }\n ]\n(1 row)\n',
    2.5,
  ],
  ['YAML', '- Plan:\n  Execution Time: 2.5\n', 2.5],
  ['XML', '<explain><Execution-Time>2.5</Execution-Time></explain>', 2.5],
  ['auto_explain', 'LOG:  duration: 2.5 ms  plan:\n  Query Text: select 1\n', 2.5],
  ['MariaDB', '{"query_block": {"r_total_time_ms": 2.5}}', 2.5],
])('EXPLAIN ANALYZE of %s', (_, text, ms) => {
  expect(formatted(text, { format: 'explain-analyze', file: 'plan' }, 'ms')).toBe(ms);
});

describe('an unknown file', () => {
  it.each([
    [
      'a JSON of another kind, however large',
      [{ a: 'x'.repeat(600_000), b: 1 }],
      /an array of objects with the keys a, b/,
    ],
    [
      'very many keys',
      Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key${i}`, 'x'])),
      /key9 and 4990 more/,
    ],
    ['one very long key', { ['k'.repeat(100_000)]: 1 }, /the keys kkk/],
    ['a value that is no number', [1, 'y'.repeat(100_000)], /as number 2/],
    ['text', 'z'.repeat(600_000), /“zzz/],
    ['JSON that breaks off', `[1, 2, ${'3, '.repeat(100_000)}`, /expected JSON/],
    [
      'a table of benchstat',
      '         │ old.txt │ new.txt │\n         │ sec/op  │ sec/op  vs base │\n',
      /go test -bench/,
    ],
    ['what benchmark.js prints', 'fib(10) x 1,431,759 ops/sec ±0.74% (93 runs sampled)\n', /benchmark\.js/],
    ['what cargo bench prints', 'test parse ... bench:       1,234 ns/iter (+/- 56)\n', /cargo bench/],
    ['what criterion prints', 'parse    time:   [1.20 us 1.21 us 1.22 us]\n', /sample\.json/],
    ['what hyperfine prints', 'Benchmark 1: x\n  Time (mean ± σ):     12.3 ms ±   0.4 ms\n', /--export-json/],
    ['a CPU profile', '{"nodes":[{"id":1}],"startTime":1}', /perf-gate hotspots/],
    ['folded stacks', 'main;a;b 12\nmain;c 3\n', /perf-gate hotspots/],
    ['a file of gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0]), /gunzip/],
    ['a binary file', Buffer.from([1, 2, 0, 4]), /binary/],
    ['decimal commas', '1,5\n1,6\n', /decimal point/],
    ['HTML', '<!doctype html><p>', /HTML/],
    ['a file of Markdown', '| Command | Mean |\n|:---|---:|\n| x | 3 |\n', /Markdown/],
  ])('%s is described briefly, with advice', (_, content, told) => {
    const text = refusal(content);
    expect(text).toMatch(told);
    expect(text.length).toBeLessThan(1300);
  });

  it('is reported by a source, too', () => {
    const { found } = value('hyperfine', [{ a: 'x'.repeat(600_000) }]) as { found: string };
    expect(found).toBe('an array of objects with the keys a');
  });
});

it('a file with very many benchmarks names ten of them', () => {
  const many = Array.from({ length: 400 }, (_, i) => `Benchmark${'Long'.repeat(100)}${i} 1 5 ns/op`).join('\n');
  const text = refusal(many, 'nothing');
  expect(text).toMatch(/holds no benchmark “nothing”; it holds .* and 390 more/);
  expect(text.length).toBeLessThan(1500);
  expect(samplesIn(recorded('go-bench.txt'), 'Join').values.length).toBeGreaterThan(0);
});
