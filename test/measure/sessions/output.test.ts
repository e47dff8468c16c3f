import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { noFigures } from '../../../src/measure/instruments/figures.ts';
import { digestOutput, type OutputSpec } from '../../../src/measure/sessions/output.ts';
import { stampsOf } from '../../../src/measure/sources/file.ts';
import type { Metric, Source } from '../../../src/measure/sources/sources.ts';
import { dir } from '../setup.ts';

const usage = { method: 'native', ...noFigures } as const;
const digest = (spec: OutputSpec, stdout: string, sources: Source[] = []) => {
  const metrics: Metric[] = sources.map((source, i) => ({ name: `m${i}`, unit: '', source }));
  const result = digestOutput(spec, metrics, { usage, stdout, cwd: dir, before: new Map() });
  return 'digest' in result ? result.digest : result;
};
const same = (spec: OutputSpec, [a, b]: [string, string], sources: Source[] = []) =>
  expect(digest(spec, a, sources)).toEqual(digest(spec, b, sources));
const different = (spec: OutputSpec, [a, b]: [string, string], sources: Source[] = []) =>
  expect(digest(spec, a, sources)).not.toEqual(digest(spec, b, sources));

it('is the SHA-256 of the whole of stdout, with its beginning', () => {
  const traces = { usage, stdout: `hello${'!'.repeat(500)}`, cwd: dir, before: new Map() };
  expect(digestOutput(true, [], { ...traces, stdout: 'hello' })).toEqual({
    digest: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    preview: 'hello',
  });
  expect(digestOutput(true, [], traces)).toMatchObject({ preview: expect.stringMatching(/^hello!{195}…$/) });
});

it('leaves the measured numbers out, and nothing else', () => {
  same(true, ['METRIC p95=1\nsum 7\n', 'METRIC p95=2\nsum 7\n']);
  different(true, ['METRIC p95=1\nsum 7\n', 'METRIC p95=1\nsum 8\n']);

  const json: Source[] = [{ stdout: 'json', key: 't.ms' }];
  same(true, ['log\n{"t":{"ms":1},"sum":7}\nend', 'log\n{"t":{"ms":2},"sum":7}\nend'], json);
  different(true, ['{"t":{"ms":1},"sum":7}', '{"t":{"ms":1},"sum":8}'], json);
  different(true, ['a\n{"t":{"ms":1}}', 'b\n{"t":{"ms":1}}'], json);

  const regex: Source[] = [{ stdout: 'regex', pattern: 'p95=([0-9.]+)' }];
  same(true, ['p95=1 p95=2 sum 7', 'p95=3 p95=44 sum 7'], regex);
  different(true, ['p95=1 sum 7', 'p95=1 sum 8'], regex);
});

it('is a part of stdout where a part is asked for', () => {
  same({ json: 'sum' }, ['{"sum":[1,2],"ms":1}', 'x\n{"ms":2,"sum":[1, 2]}']);
  different({ json: 'sum' }, ['{"sum":1}', '{"sum":"1"}']);
  same({ regex: 'sum=(\\d+)' }, ['sum=5 in 1 ms', 'sum=5 in 2 ms']);
  different({ regex: 'sum=\\d+' }, ['sum=5', 'sum=6']);
});

it('is said to be missing where it is', () => {
  for (const spec of [{ json: 'sum' }, { regex: 'sum=(\\d+)' }, { regex: '(' }, { file: 'absent' }]) {
    expect(digest(spec, '{"other":1}')).toMatchObject({ expected: expect.any(String) });
  }
});

it('is a file that this execution wrote', () => {
  const path = join(dir, 'result.txt');
  const traces = (text?: string) => {
    const before = stampsOf([{ file: 'result.txt' }], dir);
    if (text !== undefined) writeFileSync(path, text);
    return digestOutput({ file: 'result.txt' }, [], { usage, stdout: '', cwd: dir, before });
  };
  expect(traces('hello')).toMatchObject({ preview: 'hello' });
  expect(traces()).toMatchObject({ found: expect.stringContaining('did not write') });
});
