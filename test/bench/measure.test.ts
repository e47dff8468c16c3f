import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command as judge } from '../../src/cli/commands/judge.ts';
import { command } from '../../src/cli/commands/measure/measure.ts';
import { call, type Options } from '../helpers/call.ts';
import { cwd, place } from '../helpers/own-cache.ts';

const measure = (words: string[], options: Options = {}) => call(command, place, words, { runs: '5', ...options });

type Exported = {
  results: {
    command: string;
    times: number[];
    exit_codes: number[];
    memory_usage_byte: number[];
    [key: string]: unknown;
  }[];
  perf_gate: {
    method: string;
    tree_method: string | null;
    metrics: { name: string; unit: string; values: number[]; median: number }[];
  };
};
const json = async (words: string[], options: Options = {}) =>
  JSON.parse((await measure(words, { json: true, ...options })).out) as Exported;

it('prints hyperfine’s JSON, in seconds and bytes', async () => {
  const { results, perf_gate } = await json(['sleep', '0.02']);
  const [result] = results;
  expect(Object.keys(result!)).toEqual(
    'command mean stddev median user system min max times exit_codes memory_usage_byte'.split(' '),
  );
  expect(result).toMatchObject({ command: 'sleep 0.02', exit_codes: [0, 0, 0, 0, 0] });
  const { times, mean, median, min, max } = result as unknown as Record<string, number> & { times: number[] };
  expect(times).toHaveLength(5);
  expect(min).toBeGreaterThanOrEqual(0.02);
  expect([min, max]).toEqual([Math.min(...times), Math.max(...times)]);
  expect(median).toBe([...times].sort((a, b) => a - b)[2]);
  expect(mean).toBeCloseTo(times.reduce((sum, t) => sum + t, 0) / 5, 12);
  expect(perf_gate.method).toBe('native');
});

it.skipIf(process.platform !== 'linux')(
  'names the method of measuring the tree’s memory, if that metric is requested',
  async () => {
    const way = async (metric: string[]) => (await json(['sleep', '0.1'], { metric })).perf_gate.tree_method;
    expect(await way(['t=tree_rss'])).toMatch(/^(cgroup|pss|rss)$/);
    expect(await way(['t=max_rss'])).toBeNull();
    const { out } = await measure(['sleep', '0.1'], { metric: ['t=tree_rss'] });
    expect(out).toMatch(/measured by native \(memory of the process tree measured by (cgroup|pss|rss)\)/);
  },
);

it('runs at least ten times and for at least three seconds, and then ends', async () => {
  const begin = performance.now();
  const { results } = await json(['sleep', '0.1'], { runs: undefined });
  const { length } = results[0]!.times;
  expect((performance.now() - begin) / 1000).toBeGreaterThan(3);
  expect(length).toBeGreaterThanOrEqual(10);
  expect(length).toBeLessThanOrEqual(30); // no run is shorter than 0.1 s
});

it('uses a shell if the script needs one, prepares before every run and warm-up, and reads more metrics', async () => {
  const log = join(cwd, 'log');
  const { results, perf_gate } = await json([`echo run >> ${log}; echo n=7; true`], {
    prepare: `echo prepare >> ${log}`,
    warmup: '2',
    metric: ['n=regex:n=(\\d+)', 'busy=cpu'],
  });
  expect(results[0]!.times).toHaveLength(5);
  expect(readFileSync(log, 'utf8')).toBe('prepare\nrun\n'.repeat(7));
  expect(perf_gate.metrics.map((m) => [m.name, m.unit])).toEqual([
    ['n', ''],
    ['busy', 'ms'],
  ]);
  expect(perf_gate.metrics[0]!.values).toEqual([7, 7, 7, 7, 7]);
});

it('keeps the words of a command unchanged', async () => {
  const { results } = await json(['test', '$HOME * "x"', '=', '$HOME * "x"']);
  expect(results[0]!.command).toBe(`test '$HOME * "x"' = '$HOME * "x"'`);
});

describe('exports', () => {
  it.each(['json', 'go'])('%s loads back through judge', async (format) => {
    for (const [name, seconds] of [
      ['slow', 0.1],
      ['fast', 0],
    ]) {
      const { code } = await measure(['sleep', `${seconds}`], {
        export: format,
        output: `${name}.${format}`,
        runs: '8',
      });
      expect(code).toBe(0);
    }
    const judged = await call(judge, place, [`slow.${format}`, `fast.${format}`], { json: true, threshold: '20ms' });
    const { verdict, n_base, n_candidate } = JSON.parse(judged.out) as Record<string, unknown>;
    expect({ code: judged.code, verdict, n_base, n_candidate }).toEqual({
      code: 0,
      verdict: 'accepted',
      n_base: 8,
      n_candidate: 8,
    });
  });

  it('csv has the columns of hyperfine', async () => {
    const [head, row] = (await measure(['test', 'a,b'], { export: 'csv' })).out.split('\n');
    expect(head).toBe('command,mean,stddev,median,user,system,min,max');
    expect(row).toMatch(/^"test a,b",[\d.e-]+(,[\d.e-]+){6}$/);
  });

  it('md is one table with one row', async () => {
    const lines = (await measure(['echo a | cat'], { export: 'md' })).out.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^\| `echo a \\\| cat` \| [\d.]+ \| /);
  });

  it('go has a benchmark name without a number of processors, and one line for each run', async () => {
    const { out } = await measure(['sleep 0.01'], { export: 'go' });
    const lines = out.split('\n').filter((line) => line.startsWith('Benchmark'));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^BenchmarkSleep_0\.01\t1\t\d+ ns\/op\t\d+ peak-RSS-bytes$/);
  });

  it('the file’s extension selects the format; an unknown extension is refused before anything runs', async () => {
    await measure(['true'], { output: 'table.md' });
    expect(readFileSync(join(cwd, 'table.md'), 'utf8')).toMatch(/^\| Command \|/);
    const refused = await measure([`touch ${join(cwd, 'ran')}`], { output: 'table.xls' });
    expect(refused).toMatchObject({ code: 2, error: { message: expect.stringContaining('table.xls') } });
    expect(existsSync(join(cwd, 'ran'))).toBe(false);
  });
});

it('prints the figures, a histogram and the warnings for people', async () => {
  const { out } = await measure(['true'], { runs: '12' });
  expect(out).toMatch(/^true\n {2}12 runs, 1 warm-up, measured by native\n {2}median .*95 % interval/);
  expect(out).toMatch(/user \+ sys[\s\S]*peak memory[\s\S]*█/);
});

describe('refuses to measure', () => {
  it.each<[string, string[], number, RegExp, Options?]>([
    ['a command that fails', ['false'], 3, /exit code 1/],
    ['a missing program', ['no-such-program'], 3, /cannot be started/],
    ['a command that takes too long', ['sleep', '5'], 3, /not done after 0\.1 s/, { timeout: '0.1' }],
    ['no command', [], 2, /no command to measure/],
    ['an invalid number of runs', ['true'], 2, /--runs is “x”/, { runs: 'x' }],
    ['a metric without a source', ['true'], 2, /“p95=latency” cannot be read/, { metric: ['p95=latency'] }],
    ['an invalid pattern', ['true'], 2, /“n=regex:\(” cannot be read/, { metric: ['n=regex:('] }],
    ['a metric that is not printed', ['true'], 3, /metric n was not found/, { metric: ['n=json:n'] }],
  ])('%s', async (_, words, code, message, options) => {
    const ended = await measure(words, options);
    expect(ended.error?.message).toMatch(message);
    expect(ended.code).toBe(code);
  });
});

it('removes perf-gate’s variables from the environment of the command', async () => {
  writeFileSync(join(cwd, 'env.sh'), '! env | grep PERF_GATE_');
  const ended = await call(command, { cwd, env: { ...place.env, PERF_GATE_INSTRUMENT: 'native' } }, ['sh', 'env.sh'], {
    runs: '2',
  });
  expect(ended.code).toBe(0);
});
