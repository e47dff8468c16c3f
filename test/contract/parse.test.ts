import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleContract } from '../../src/contract/example.ts';
import { checkContract, loadContract, parseContract } from '../../src/contract/parse.ts';
import { least, plus } from './text.ts';

test('three fields are enough, and the others get defaults', () => {
  expect(parseContract(least, 'perf-gate.yaml')).toEqual({
    version: 1,
    domain: 'custom',
    repro: {
      script: 'node bench.mjs',
      cwd: '.',
      shell: 'auto',
      warmup_runs: 1,
      measurement_runs: 'auto',
      max_runs: 'auto',
      timeout_s: 300,
    },
    metrics: { primary: { name: 'wall_ms', unit: 'ms', lower_is_better: true, source: 'wall' }, watchdogs: [] },
    threshold: { type: 'pct', pct_min: 20, absolute_min: 0, significance_required: true },
    significance: { test: 'auto', alpha: 0.05 },
    claim: 'proven',
    confirm: true,
    isolation: 'copy',
    order: 'interleaved',
    rules: 2,
    profiler: 'auto',
    guards: { protected: [] },
    limits: { max_attempts: 10, max_minutes: 240, max_rejects_in_a_row: 5 },
  });
});

test('a contract with every field is read unchanged', () => {
  const contract = parseContract(exampleContract, 'perf-gate.yaml');
  expect(contract.repro.service).toEqual({ start: 'node server.js', ready: 'http://127.0.0.1:8080/health' });
  expect(contract.metrics.watchdogs[0]).toMatchObject({ unit: 'MB', max_regression_pct: 10, source: 'max_rss' });
  expect(contract.guards).toEqual({
    correctness: 'npm test',
    same_output: { json: 'checksum' },
    protected: ['bench.mjs', 'test/**', 'perf-gate.yaml'],
  });
  expect(contract.goal).toEqual({ pct: 50 });
  expect(contract.secrets_file).toBe('.env.bench');
});

test.each([
  ['cpu', 'ms'],
  ['max_rss', 'KB'],
  ['instructions', ''],
  ['{ size: "dist/**" }', 'bytes'],
  ['{ stdout: json, key: latency.p95 }', ''],
])('a metric from %s has the unit “%s” by default', (source, unit) => {
  const contract = parseContract(least.replace('name: wall_ms', `name: m\n    source: ${source}`), 'c.yaml');
  expect(contract.metrics.primary.unit).toBe(unit);
});

test.each([
  '{ stdout: json, key: latency.p95 }',
  '{ stdout: regex, pattern: "p95=([0-9.]+)" }',
  '{ stdout: metric, key: p95 }',
  '{ file: out.json, key: a.b }',
  '{ file: out.txt, pattern: "p95=([0-9.]+)" }',
  '{ size: "dist/**/*.js", encoding: gzip }',
  '{ format: hyperfine, file: out.json, key: median }',
  '{ format: go-bench, file: out.txt }',
])('the source %s is understood', (source) => {
  expect(() => parseContract(least.replace('name: wall_ms', `name: m\n    source: ${source}`), 'c.yaml')).not.toThrow();
});

test('a known profiler has a default command and output file', () => {
  expect(parseContract(plus('profiler: { tool: py-spy }'), 'c.yaml').profiler).toEqual({
    tool: 'py-spy',
    command: 'py-spy record --format raw -o {output} -- {command}',
    output_path: 'profile.folded',
  });
  expect(parseContract(plus('profiler: auto'), 'c.yaml').profiler).toBe('auto');
});

test('an anchor may be used twice', () => {
  const text = plus('guards: { protected: &p [a, b] }').replace('wall_ms', '&n wall_ms');
  expect(parseContract(text, 'c.yaml').guards.protected).toEqual(['a', 'b']);
});

test('parsed data is checked in the same way, and mistakes begin with its name', () => {
  expect(() =>
    checkContract({ version: 1, repro: { script: 'x' }, metrics: { primary: { nam: 'x' } } }, '01-scoping.md'),
  ).toThrow('01-scoping.md metrics.primary.nam: unknown key; did you mean name?');
});

test('a missing file is named', () => {
  expect(() => loadContract('/nowhere/perf-gate.yaml')).toThrow('/nowhere/perf-gate.yaml cannot be read');
});

test('a file is read with a byte order mark and Windows line ends', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pg-contract-'));
  try {
    const file = join(dir, 'perf-gate.yaml');
    writeFileSync(file, `\uFEFF${least.replaceAll('\n', '\r\n')}`);
    expect(loadContract(file).repro.script).toBe('node bench.mjs');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
