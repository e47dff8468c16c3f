import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { noFigures } from '../../../src/measure/instruments/figures.ts';
import { stampsOf } from '../../../src/measure/sources/file.ts';
import { type Metric, readMetrics, type Source } from '../../../src/measure/sources/sources.ts';
import { dir } from '../setup.ts';

const usage = { ...noFigures, method: 'native', wall_ms: 1500, user_ms: 300, sys_ms: 50, max_rss_kb: 2048 } as const;

/** The value of one metric of an execution that printed `stdout` and did `act`; the code of the error where there is none. */
async function read(source: Source, ran: { stdout?: string; act?: () => void; unit?: string } = {}): Promise<unknown> {
  const metric: Metric = { name: 'm', unit: ran.unit ?? '', source };
  const before = stampsOf([source], dir);
  ran.act?.();
  const result = await readMetrics([metric], { usage, stdout: ran.stdout ?? '', cwd: dir, before });
  return 'values' in result ? result.values.m : result.error.code;
}

describe('metrics that the instrument measures', () => {
  it.each([
    ['wall', 'ms', 1500],
    ['wall', 's', 1.5],
    ['user_cpu', 'ms', 300],
    ['sys_cpu', 'ms', 50],
    ['cpu', 'ms', 350],
    ['max_rss', 'KB', 2048],
    ['max_rss', 'MB', 2],
    ['max_rss', 'bytes', 2_097_152],
  ] as const)('%s in %s', async (source, unit, value) => {
    expect(await read(source, { unit })).toBe(value);
  });

  it('do not include those that counters count in separate executions', async () => {
    expect(await read('instructions')).toBeUndefined();
    expect(await read('callgrind')).toBeUndefined();
  });
});

describe('JSON on stdout', () => {
  const json = (key: string, stdout: string) => read({ stdout: 'json', key }, { stdout });

  it('is the whole of it, or its last line that is JSON', async () => {
    expect(await json('a.b', '{\n  "a": { "b": 3 },\n  "list": [\n    {"a":{"b":4}}\n  ]\n}\n')).toBe(3);
    expect(await json('a', 'warming up\n{"a":1}\n{"a":2}\ndone {\n')).toBe(2);
    expect(await json('rows.1.ms', '[log] x\n{"rows":[{"ms":1},{"ms":0.25}]}')).toBe(0.25);
    expect(await json('http.p95', '{"http.p95": 7}')).toBe(7);
    expect(await json('zero', '{"zero": 0}')).toBe(0);
  });

  it.each(['', 'no json', '{"b":1}', '{"a":null}', '{"a":"12"}', '{"a":{}}', '{"a":1e999}', '{"a":NaN}'])(
    'has no number at the key: %s',
    async (stdout) => expect(await json('a', stdout)).toBe('metric_missing'),
  );
});

describe('a pattern', () => {
  const regex = (pattern: string, stdout: string) => read({ stdout: 'regex', pattern }, { stdout });

  it('gives its first group in the first match, and `^` means a line', async () => {
    expect(await regex('p95=([0-9.]+)', 'p95=1.5 p95=2.5')).toBe(1.5);
    expect(await regex('^took ([\\d.e+-]+)', 'x took 9\ntook 1e3 ms')).toBe(1000);
  });

  it.each([
    ['p95=(\\S+)', 'nothing here'],
    ['p95=(\\S+)', 'p95=NaN'],
    ['p95=(\\S+)', 'p95=Infinity'],
    ['p95=(\\S*)', 'p95='],
    ['p95=[0-9]+', 'p95=12'],
    ['p95=([0-9', 'p95=12'],
  ])('gives no number: %s on “%s”', async (pattern, stdout) => {
    expect(await regex(pattern, stdout)).toBe('metric_missing');
  });
});

describe('a METRIC line', () => {
  const line = (stdout: string) => read({ stdout: 'metric', key: 'p95' }, { stdout });

  it('gives the number of its name', async () => {
    expect(await line('METRIC p9=1\nMETRIC p95=12.5\nMETRIC p95.max=3\n')).toBe(12.5);
    expect(await line('METRIC p95 = -.5e1\r\n')).toBe(-5);
  });

  it('may be printed twice with the same value, but not with different values', async () => {
    expect(await line('METRIC p95=2\nMETRIC p95=2\n')).toBe(2);
    expect(await line('METRIC p95=2\nMETRIC p95=3\n')).toBe('metric_twice');
  });

  it.each(['', 'METRIC p95=', 'METRIC p95=fast', 'METRIC p95=nan', 'METRIC p95=1.5ms', 'p95=1'])(
    'gives no number: %s',
    async (stdout) => expect(await line(stdout)).toBe('metric_missing'),
  );
});

describe('a file', () => {
  const file = 'out.json';
  const write = () => writeFileSync(join(dir, file), '{"a":{"b":8}}');

  it('gives a number by key or pattern', async () => {
    expect(await read({ file, key: 'a.b' }, { act: write })).toBe(8);
    expect(await read({ file, pattern: '"b":(\\d)' }, { act: write })).toBe(8);
  });

  it('from an earlier execution gives no number, even with changed file times', async () => {
    write();
    expect(await read({ file, key: 'a.b' })).toBe('metric_missing');
    const old = () => {
      write();
      utimesSync(join(dir, file), 1, 1);
    };
    expect(await read({ file, key: 'a.b' }, { act: old })).toBe(8);
  });

  it('that is missing, or in another tool’s format, gives no number', async () => {
    expect(await read({ file: 'absent.json', key: 'a' })).toBe('metric_missing');
    expect(await read({ format: 'hyperfine', file }, { act: write })).toBe('metric_missing');
  });
});

describe('a size', () => {
  const texts = ['a'.repeat(5000), 'export const x = 1;\n'];
  for (const [i, text] of texts.entries()) writeFileSync(join(dir, `size-${i}.js`), text);
  const sum = (size: (text: string) => number) => texts.reduce((total, text) => total + size(text), 0);

  it('is the sum over all files, as stored or each compressed separately', async () => {
    const size = 'size-*.js';
    expect(await read({ size, encoding: 'raw' }, { unit: 'bytes' })).toBe(5020);
    expect(await read({ size, encoding: 'gzip' })).toBe(sum((text) => gzipSync(text, { level: 9 }).length));
    expect(await read({ size, encoding: 'brotli' })).toBe(sum((text) => brotliCompressSync(text).length));
    expect(await read({ size, encoding: 'raw' }, { unit: 'KB' })).toBeCloseTo(5020 / 1024, 12);
  });

  it('without any file is missing instead of 0', async () => {
    expect(await read({ size: 'absent/**', encoding: 'raw' })).toBe('metric_missing');
  });
});
