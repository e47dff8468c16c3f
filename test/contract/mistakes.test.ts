import { expect, test } from 'vitest';
import { least, mistakes, plus } from './text.ts';

test('each mistake has file, line, column, field, the expected and the found value, and an example', () => {
  expect(mistakes(least.replace('name: wall_ms', 'name: wall_ms\n    unit: 5'))).toEqual([
    'perf-gate.yaml:7:11 metrics.primary.unit: expected text, found the number 5; for example: unit: ms',
  ]);
});

test('all mistakes are named at once, also those between fields', () => {
  const text = `version: 2
repro:
  script: node bench.mjs
  measurement_runs: 12
  max_runs: 10
metrics:
  primary: { name: wall_ms, unit: ms, lower: true }
threshold: { pct_min: 120 }
isolation: in_place
`;
  expect(mistakes(text)).toEqual([
    'perf-gate.yaml:1:10 version: expected 1, found the number 2; for example: version: 1',
    'perf-gate.yaml:7:39 metrics.primary.lower: unknown key; did you mean lower_is_better?',
    'perf-gate.yaml:5:13 repro.max_runs: expected at least measurement_runs (12), found 10; for example: max_runs: 24',
    'perf-gate.yaml:9:12 isolation: in_place works only with order: sequential; use isolation: copy, or set order: sequential',
  ]);
});

test.each([
  ['warmup: 1', '2:3 repro.warmup: unknown key; did you mean warmup_runs?'],
  ['scirpt: x', '2:3 repro.scirpt: unknown key; did you mean script?'],
  ['timeout_s: 0', '2:14 repro.timeout_s: expected more than 0, found the number 0'],
  [
    'measurement_runs: 2',
    '2:21 repro.measurement_runs: expected at least 3, found the number 2; for example: measurement_runs: 5',
  ],
  [
    'measurement_runs: many',
    '2:21 repro.measurement_runs: expected auto or a whole number, found the text "many"; for example: measurement_runs: 5',
  ],
  [
    'measurement_runs: 8.5',
    '2:21 repro.measurement_runs: expected a whole number, found the number 8.5; for example: measurement_runs: 5',
  ],
  ['cwd:', '2:7 repro.cwd: expected text, found nothing; for example: cwd: packages/app'],
  ['env: { PORT: 8080 }', '2:16 repro.env.PORT: expected text, found the number 8080'],
  ['env: { "A B": x }', '2:10 repro.env.A B: expected a variable’s name: letters, digits and _'],
  [
    'service: { start: x }',
    '2:3 repro.service.ready: expected text, found nothing; for example: ready: "http://127.0.0.1:8080/health"',
  ],
  ['shell: 3', '2:10 repro.shell: expected auto, true, false or text, found the number 3'],
  [
    'before_each: "a\\0b"',
    '2:16 repro.before_each: expected text without a NUL character, found the text "a\\u0000b"; for example: before_each: rm -rf .cache',
  ],
])('under repro, %s is reported', (line, told) => {
  const script = line.startsWith('scirpt') ? '' : '  script: a\n';
  const found = mistakes(`repro:\n  ${line}\n${script}version: 1\nmetrics: { primary: { name: a } }`);
  expect(found).toContain(`perf-gate.yaml:${told}`);
});

test.each([
  [
    'wal',
    'source: expected wall, undelayed_wall, user_cpu, sys_cpu, cpu, max_rss, tree_rss, instructions, callgrind, a mapping with stdout and key, a mapping with stdout and pattern, a mapping with file and key, a mapping with file and pattern, a mapping with size or a mapping with format and file, found the text "wal"; did you mean wall?',
  ],
  [
    '{ stdout: jsn, key: a }',
    'source.stdout: expected json, regex or metric, found the text "jsn"; did you mean json?',
  ],
  ['{ stdout: json }', 'source.key: expected text, found nothing; for example: key: latency.p95'],
  ['{ stdot: json, key: a }', 'source.stdot: unknown key; did you mean stdout?'],
  [
    '{ size: "a", encoding: zip }',
    'source.encoding: expected raw, gzip or brotli, found the text "zip"; did you mean gzip?',
  ],
  ['{ file: a.json }', 'source.key: expected text, found nothing; for example: key: latency.p95'],
  [
    '{ format: hyperfin, file: a }',
    'source.format: expected hyperfine, vitest-bench, tinybench, mitata, go-bench, criterion, pytest-benchmark, google-benchmark, jmh, autocannon, k6, explain-analyze, pyperf or benchmark-dotnet, found the text "hyperfin"; did you mean hyperfine?',
  ],
])('the source %s is reported, with what was probably meant', (source, told) => {
  const [first] = mistakes(least.replace('name: wall_ms', `name: wall_ms\n    source: ${source}`));
  expect(first).toContain(`metrics.primary.${told}`);
  expect(first).toMatch(/^perf-gate\.yaml:7:\d+ /);
});

test.each([
  ['domain: cli_startp', 'domain: expected api_latency, cli_startup'],
  ['significance: { alpha: 0.5 }', 'significance.alpha: expected at most 0.2, found the number 0.5'],
  ['significance: { alpha: .nan }', 'significance.alpha: expected a number'],
  ['limits: { max_attempts: 21 }', 'limits.max_attempts: expected at most 20, found the number 21'],
  ['limits: { max_attempts: 0 }', 'limits.max_attempts: expected at least 1, found the number 0'],
  ['guards: { same_output: { jsn: a } }', 'guards.same_output.jsn: unknown key; did you mean json?'],
  [
    'guards: { protected: test }',
    'guards.protected: expected a list, found the text "test"; for example: protected: [bench.mjs, "test/**"]',
  ],
  ['guards: { protected: [1] }', 'guards.protected[0]: expected text, found the number 1'],
  [
    'profiler: nodejs',
    'profiler: expected auto, none or a mapping with tool, found the text "nodejs"; for example: profiler: auto',
  ],
  ['treshold: {}', 'treshold: unknown key; did you mean threshold?'],
  ['__proto__: {}', '__proto__: unknown key'],
])('%s is reported', (line, told) => {
  const found = mistakes(plus(line));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(told);
  expect(found[0]).toMatch(/^perf-gate\.yaml:7:\d+ /);
});

test('a YAML error is reported with its position', () => {
  expect(mistakes(`${least}version: 1\n`)).toEqual(['perf-gate.yaml:7:1 Map keys must be unique']);
  expect(mistakes('a: [1')[0]).toMatch(/^perf-gate\.yaml:1:\d+ /);
  expect(mistakes(plus('description: !!js/function "x"'))[0]).toMatch(/^perf-gate\.yaml:7:14 Unresolved tag/);
  expect(mistakes(`${least}---\n${least}`)[0]).toContain('multiple documents');
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((c, i) => `${c}: &${c} [${`*${'abcdefg'[i]},`.repeat(9)}]`).join('\n')}`;
  expect(mistakes(bomb)[0]).toContain('Excessive alias count');
});

test.each(['', '5', '[]', 'null', '# nothing'])('“%s” is not a contract', (text) => {
  expect(mistakes(text)[0]).toContain('contract: expected a mapping, found ');
});
