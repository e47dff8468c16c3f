import { expect, test } from 'vitest';
import { mistakes, plus } from './text.ts';

/** A contract with these lines under `repro`, `metrics.primary`, and at the top. */
const contract = (parts: { repro?: string; primary?: string; metrics?: string; top?: string }) => `version: 1
repro: { script: node bench.mjs${parts.repro ? `, ${parts.repro}` : ''} }
metrics:
  primary: { name: wall_ms${parts.primary ? `, ${parts.primary}` : ''} }
${parts.metrics ? `  ${parts.metrics}\n` : ''}${parts.top ?? ''}
`;
const told = (parts: Parameters<typeof contract>[0]) =>
  mistakes(contract(parts)).map((line) => line.replace(/^\S+ /, ''));

test.each([
  ['{ pct_min: 100 }', 'threshold.pct_min: expected less than 100, found 100; wall_ms cannot fall by 100 % or more'],
  [
    '{ pct_min: 0 }',
    'threshold.pct_min: expected more than 0, found 0; any change would pass; for example: pct_min: 5',
  ],
  [
    '{ pct_min: -5 }',
    'threshold.pct_min: expected more than 0, found -5; any change would pass; for example: pct_min: 5',
  ],
  [
    '{ type: absolute }',
    'threshold.absolute_min: expected more than 0 with type: absolute, found 0; for example: absolute_min: 5',
  ],
  [
    '{ type: both, absolute_min: 0 }',
    'threshold.absolute_min: expected more than 0 with type: both, found 0; for example: absolute_min: 5',
  ],
  ['{ absolute_min: 5 }', 'threshold.absolute_min: not used with type: pct; set type: both, or remove it'],
])('the threshold %s is refused', (threshold, message) => {
  expect(told({ top: `threshold: ${threshold}` })).toEqual([message]);
});

test.each([
  [
    'claim: no_worse',
    'threshold: expected no_worse_pct with claim: no_worse; for example: threshold: { no_worse_pct: 3 }',
  ],
  [
    'claim: no_worse\nthreshold: { no_worse_pct: 0 }',
    'threshold.no_worse_pct: expected more than 0, found 0; wall_ms varies, so no number of executions can prove a margin of 0; for example: no_worse_pct: 3',
  ],
  [
    'claim: no_worse\nthreshold: { no_worse_pct: 3, type: absolute, absolute_min: 5 }',
    'threshold.type: expected pct with claim: no_worse, found absolute',
  ],
  [
    'claim: no_worse\nthreshold: { no_worse_pct: 3, significance_required: false }',
    'threshold.significance_required: expected true, because an estimate alone cannot prove `claim: no_worse`',
  ],
  [
    'claim: no_worse\nthreshold: { no_worse_pct: 3 }\ngoal: { pct: 20 }',
    'goal: not used with claim: no_worse, which needs no improvement; remove it',
  ],
  ['threshold: { no_worse_pct: 3 }', 'threshold.no_worse_pct: used only with claim: no_worse'],
])('with claim: no_worse, %s is refused', (top, message) => {
  expect(told({ primary: 'source: wall', top })).toEqual([message]);
});

test('claim: no_worse takes a margin, which may be 0 for a metric without noise', () => {
  expect(told({ top: 'claim: no_worse\nthreshold: { no_worse_pct: 3 }' })).toEqual([]);
  const size = 'source: { size: "dist/**" }';
  expect(told({ primary: size, top: 'claim: no_worse\nthreshold: { no_worse_pct: 0 }' })).toEqual([]);
});

test('a threshold above 100 % is possible if higher is better', () => {
  expect(
    told({
      primary: 'lower_is_better: false, unit: fps, source: { stdout: metric, key: fps }',
      top: 'threshold: { pct_min: 150 }',
    }),
  ).toEqual([]);
  expect(told({ top: 'goal: { pct: 100 }' })[0]).toContain('goal.pct: expected less than 100');
});

test.each([
  // signed-rank reaches 1/16 with 4 pairs, 1/32 with 5
  [
    'measurement_runs: 4, max_runs: 4',
    '',
    '4 executions per arm can never give a significant result: the smallest p of wilcoxon_signed_rank is 0.063, and alpha is 0.05, so every candidate would be rejected; expected at least 5; for example: max_runs: 20',
  ],
  [
    'measurement_runs: 3, max_runs: 3',
    'significance: { test: mann_whitney }',
    '3 executions per arm are too few: a single outlier would decide; expected at least 4; for example: max_runs: 20',
  ],
  [
    'measurement_runs: 3, max_runs: 4',
    'significance: { test: mann_whitney, alpha: 0.01 }',
    '4 executions per arm can never give a significant result: the smallest p of mann_whitney is 0.014, and alpha is 0.01, so every candidate would be rejected; expected at least 5; for example: max_runs: 20',
  ],
  // 0.05·6/(π²·10²) = 0.0003 needs 12 pairs
  [
    'measurement_runs: 8, max_runs: 8',
    'confirm: false',
    '8 executions per arm can never give a significant result: the smallest p of wilcoxon_signed_rank is 0.0039, and alpha for attempt 10 is 0.0003 because confirm is off, so every candidate would be rejected; expected at least 12; for example: max_runs: 20',
  ],
])('runs that cannot reach significance are refused, with a number that can: %s %s', (repro, top, message) => {
  expect(told({ repro, top })).toEqual([`repro.max_runs: ${message}`]);
});

test.each([
  ['measurement_runs: 5, max_runs: 5', ''],
  ['measurement_runs: 3, max_runs: 4', 'significance: { test: mann_whitney }'],
  ['measurement_runs: 4, max_runs: 4', 'order: sequential'],
  ['measurement_runs: 3, max_runs: 3', 'threshold: { significance_required: false }'],
  ['measurement_runs: 12, max_runs: 12', 'confirm: false'],
])('runs that can reach significance are accepted: %s %s', (repro, top) => {
  expect(told({ repro, top })).toEqual([]);
});

test('a deterministic primary needs no number of runs', () => {
  expect(told({ repro: 'measurement_runs: 3, max_runs: 3', primary: 'source: { size: "dist/**" }' })).toEqual([]);
  expect(
    told({ repro: 'measurement_runs: 3, max_runs: 3', primary: 'deterministic: true, source: instructions' }),
  ).toEqual([]);
});

test('a margin of 0 is for deterministic metrics only', () => {
  const watchdog = (rest: string) => told({ metrics: `watchdogs: [{ name: w, max_regression_pct: 0${rest} }]` });
  expect(watchdog('')).toEqual([
    'metrics.watchdogs[0].max_regression_pct: expected more than 0 for a metric with noise, found 0; for example: max_regression_pct: 5, or deterministic: true',
  ]);
  expect(watchdog(', source: { size: "dist/**" }')).toEqual([]);
  expect(watchdog(', source: { stdout: metric, key: w }, deterministic: true')).toEqual([]);
});

test('two metrics cannot have the same name', () => {
  expect(told({ metrics: 'watchdogs: [{ name: wall_ms, max_regression_pct: 5 }]' })).toEqual([
    'metrics.watchdogs[0].name: expected a unique name, found wall_ms a second time',
  ]);
});

test('the unit of a metric must be of the same kind as its built-in source', () => {
  expect(told({ primary: 'unit: KB' })[0]).toContain(
    'metrics.primary.unit: expected one of ms, s, us, µs, ns, min for wall, found KB',
  );
  expect(told({ primary: 'unit: mb, source: max_rss' })[0]).toContain('found mb; for example: unit: KB');
  expect(told({ primary: 'unit: s' })).toEqual([]);
  expect(told({ primary: 'unit: furlongs, source: { stdout: metric, key: a }' })).toEqual([]);
});

test.each([
  ['p95=', 'expected a pattern with a group in brackets, found none; for example: pattern: "p95=([0-9.]+)"'],
  ['p95=(?:a)', 'expected a pattern with a group in brackets, found none; for example: pattern: "p95=([0-9.]+)"'],
  ['p95=([0-9', 'expected a regular expression (Unterminated character class); for example: pattern: "p95=([0-9.]+)"'],
])('the pattern %s cannot find a number', (pattern, message) => {
  expect(told({ primary: `source: { stdout: regex, pattern: "${pattern}" }` })).toEqual([
    `metrics.primary.source.pattern: ${message}`,
  ]);
});

test('the pattern of same_output must be a regular expression', () => {
  expect(told({ top: 'guards: { same_output: { regex: "(" } }' })).toEqual([
    'guards.same_output.regex: expected a regular expression (Unterminated group)',
  ]);
});

test('one tree cannot be interleaved, and sequential runs have no pairs', () => {
  expect(told({ top: 'isolation: in_place' })[0]).toContain('isolation: in_place works only with order: sequential');
  expect(told({ top: 'isolation: in_place\norder: sequential' })).toEqual([]);
  expect(told({ top: 'order: sequential\nsignificance: { test: wilcoxon_signed_rank }' })[0]).toContain(
    'significance.test: wilcoxon_signed_rank needs pairs, and order: sequential forms no pairs',
  );
});

test.each([
  ['secrets_file: /etc/passwd', 'secrets_file: expected a path inside the project, found /etc/passwd (it is absolute)'],
  [
    'secrets_file: ~/.env',
    'secrets_file: expected a path inside the project, found ~/.env (it begins in the home folder)',
  ],
  [
    'secrets_file: a/../../b',
    'secrets_file: expected a path inside the project, found a/../../b (it leads above the project)',
  ],
  [
    'guards: { protected: ["a", "../x"] }',
    'guards.protected[1]: expected a path inside the project, found ../x (it leads above the project)',
  ],
  [
    'guards: { protected: ["!../x"] }',
    'guards.protected[0]: expected a path inside the project, found ../x (it leads above the project)',
  ],
  [
    'guards: { protected: ["{a,..}/x"] }',
    'guards.protected[0]: expected a path inside the project, found {a,..}/x (it has `..` next to a wildcard)',
  ],
  [
    'guards: { protected: ["**/../../x"] }',
    'guards.protected[0]: expected a path inside the project, found **/../../x (it has `..` next to a wildcard)',
  ],
  [
    'guards: { same_output: { file: ../x } }',
    'guards.same_output.file: expected a path inside the project, found ../x (it leads above the project)',
  ],
  [
    'profiler: { tool: t, command: c, output_path: /x }',
    'profiler.output_path: expected a path inside the project, found /x (it is absolute)',
  ],
])('%s leads out of the project', (top, message) => {
  expect(told({ top })).toEqual([message]);
});

test('files are looked up in the folder in which the command runs', () => {
  const source = 'source: { file: ../out.json, key: a }';
  expect(told({ primary: source })[0]).toContain('metrics.primary.source.file: expected a path inside the project');
  expect(told({ primary: source, repro: 'cwd: packages/app' })).toEqual([]);
  expect(told({ repro: 'cwd: ..' })[0]).toContain('repro.cwd: expected a path inside the project');
  expect(told({ primary: 'source: { size: "../dist/**" }' })[0]).toContain('metrics.primary.source.size');
  expect(told({ top: 'guards: { protected: ["a..b/*", "...rest"] }' })).toEqual([]);
});

test('a profiler that perf-gate does not know needs a command', () => {
  expect(told({ top: 'profiler: { tool: py-spi }' })[0]).toContain(
    'profiler.tool: perf-gate does not know this profiler, so the profiler needs a `command`; did you mean py-spy?',
  );
  expect(told({ top: 'profiler: { tool: chrome-devtools }' })[0]).toContain(
    'profiler.tool: chrome-devtools needs a `command` that writes',
  );
  expect(told({ top: 'profiler: { tool: mine, command: "mine {output}" }' })).toEqual([]);
  expect(told({ top: 'profiler: { tool: node-cpu-prof }' })).toEqual([]);
});

test('the smallest contract passes the rules', () => {
  expect(mistakes(plus(''))).toEqual([]);
});
