import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { noFigures } from '../../../src/measure/instruments/figures.ts';
import { comparedText, comparer, type OutputSpec } from '../../../src/measure/sessions/output.ts';
import { sampleSchema } from '../../../src/measure/sessions/sample.ts';
import { stampsOf } from '../../../src/measure/sources/file.ts';
import type { Traces } from '../../../src/measure/sources/source.ts';
import type { Metric, Source } from '../../../src/measure/sources/sources.ts';
import { dir } from '../setup.ts';
import { ground, run } from './session-setup.ts';

const usage = { method: 'native', ...noFigures } as const;
const digest = (spec: OutputSpec, stdout: string, sources: Source[] = []) => {
  const metrics: Metric[] = sources.map((source, i) => ({ name: `m${i}`, unit: '', source }));
  return digestIn(spec, metrics, { usage, stdout, cwd: dir, before: new Map() });
};
const digestIn = (spec: OutputSpec, metrics: Metric[], traces: Traces) => {
  const text = comparedText(spec, metrics, traces);
  return typeof text === 'string' ? comparer()(text).digest : text;
};
const same = (spec: OutputSpec, [a, b]: [string, string], sources: Source[] = []) =>
  expect(digest(spec, a, sources)).toEqual(digest(spec, b, sources));
const different = (spec: OutputSpec, [a, b]: [string, string], sources: Source[] = []) =>
  expect(digest(spec, a, sources)).not.toEqual(digest(spec, b, sources));

it('is the SHA-256 of the whole of stdout, with its beginning', () => {
  expect(comparer()('hello')).toEqual({
    digest: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    preview: 'hello',
  });
  expect(comparer()(`hello${'!'.repeat(500)}`)).toMatchObject({
    preview: expect.stringMatching(/^hello!{195}…$/),
  });
});

it('leaves out only the measured numbers', () => {
  same(true, ['METRIC p95=1\nsum 7\n', 'METRIC p95=2\nsum 7\n']);
  different(true, ['METRIC p95=1\nsum 7\n', 'METRIC p95=1\nsum 8\n']);
  // How many lines of metrics are printed, where they stand, and how lines end is no part of the output.
  same(true, ['sum 7\n', 'METRIC p95=1\nsum 7\nMETRIC rss = 4 \n']);
  same(true, ['a\nb', 'a\nMETRIC p95=1\nb']);
  same(true, ['a\r\nb', 'METRIC p95=1\r\na\r\nb']);
  different(true, ['a\n\nb', 'a\nMETRIC p95=1\nb']);

  const json: Source[] = [{ stdout: 'json', key: 't.ms' }];
  same(true, ['log\n{"t":{"ms":1},"sum":7}\nend', 'log\n{"t":{"ms":2},"sum":7}\nend'], json);
  different(true, ['{"t":{"ms":1},"sum":7}', '{"t":{"ms":1},"sum":8}'], json);
  different(true, ['a\n{"t":{"ms":1}}', 'b\n{"t":{"ms":1}}'], json);

  const regex: Source[] = [{ stdout: 'regex', pattern: 'p95=([0-9.]+)' }];
  same(true, ['p95=1 p95=2 sum 7', 'p95=3 p95=44 sum 7'], regex);
  different(true, ['p95=1 sum 7', 'p95=1 sum 8'], regex);
});

it('is a part of stdout if the contract names a part', () => {
  same({ json: 'sum' }, ['{"sum":[1,2],"ms":1}', 'x\n{"ms":2,"sum":[1, 2]}']);
  different({ json: 'sum' }, ['{"sum":1}', '{"sum":"1"}']);
  same({ regex: 'sum=(\\d+)' }, ['sum=5 in 1 ms', 'sum=5 in 2 ms']);
  different({ regex: 'sum=\\d+' }, ['sum=5', 'sum=6']);
});

it('is reported as missing', () => {
  for (const spec of [{ json: 'sum' }, { regex: 'sum=(\\d+)' }, { regex: '(' }, { file: 'absent' }]) {
    expect(digest(spec, '{"other":1}')).toMatchObject({ expected: expect.any(String) });
  }
});

it('is a file that this execution wrote', () => {
  const path = join(dir, 'result.txt');
  const traces = (text?: string) => {
    const before = stampsOf([{ file: 'result.txt' }], dir);
    if (text !== undefined) writeFileSync(path, text);
    return comparedText({ file: 'result.txt' }, [], { usage, stdout: '', cwd: dir, before });
  };
  expect(traces('hello')).toBe('hello');
  expect(traces()).toMatchObject({ found: expect.stringContaining('did not write') });
});

it('shows where it begins to differ from the session’s first output', () => {
  const rest = 'x'.repeat(1000);
  const compare = comparer();
  const { digest } = compare(`a${rest}ü1${rest}`);
  expect(compare(`a${rest}ü1${rest}`)).not.toHaveProperty('difference');
  expect(compare(`a${rest}ü2${rest}`).difference).toEqual({
    from: digest,
    at: 1003,
    expected: `…${'x'.repeat(19)}ü1${'x'.repeat(59)}…`,
    found: `…${'x'.repeat(19)}ü2${'x'.repeat(59)}…`,
  });
  expect(compare('').difference).toMatchObject({ at: 0, found: '' });
});

it('a metric may have the name of what every object has, from the execution to the line on disk and back', async () => {
  const metrics: Metric[] = ['__proto__', 'constructor'].map((name) => ({
    name,
    unit: '',
    source: { stdout: 'metric', key: name },
  }));
  const session = await run(ground().arms, {
    command: { script: 'echo METRIC __proto__=7; echo METRIC constructor=8', shell: 'auto', timeout_s: 10 },
    metrics,
    looks: [2],
  });
  const lines = session.samples.map((sample) => sampleSchema.parse(JSON.parse(JSON.stringify(sample))));
  expect(lines.length).toBeGreaterThan(0);
  for (const { metrics } of lines)
    expect(Object.entries(metrics)).toEqual([
      ['__proto__', 7],
      ['constructor', 8],
    ]);
});
