import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type SentinelConfig, sentinelConfig } from '../../../src/sentinel/store/config.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

/** The settings with this file and these variables. */
function configOf(file: unknown, env: NodeJS.ProcessEnv = {}): SentinelConfig {
  const home = temporaryFolder();
  if (file !== undefined)
    writeFileSync(join(home, 'config.json'), typeof file === 'string' ? file : JSON.stringify(file));
  return sentinelConfig({ PERF_SENTINEL_HOME: home, ...env });
}

it('has a default for every key, so that no file is needed', () => {
  expect(configOf(undefined)).toEqual({
    metrics: { enabled: true, retention_days: 30 },
    thresholds: { regression_percent: 10, slow_hook_ms: 100, slow_session_ms: 500 },
    external_tools: { prefer_hyperfine: false, use_strace: true },
    notifications: { on_regression: true, on_slow_session: false },
    verbose: false,
  });
});

it('takes keys from the file, and lets a variable override it', () => {
  const file = { thresholds: { regression_percent: 25, slow_hook_ms: 40 }, metrics: { enabled: true } };
  expect(configOf(file).thresholds).toEqual({ regression_percent: 25, slow_hook_ms: 40, slow_session_ms: 500 });
  const env = { PERF_SENTINEL_THRESHOLD: '7.5', PERF_SENTINEL_ENABLED: 'false', PERF_SENTINEL_VERBOSE: '1' };
  expect(configOf(file, env)).toMatchObject({
    thresholds: { regression_percent: 7.5, slow_hook_ms: 40 },
    metrics: { enabled: false },
    verbose: true,
  });
  expect(configOf(file, { PERF_SENTINEL_THRESHOLD: '', PERF_SENTINEL_ENABLED: '' })).toEqual(configOf(file));
});

it.each([
  ['an unknown key', { thresholds: { slow_hook: 5 } }, 'thresholds.slow_hook: unknown key'],
  ['a value of another type', { metrics: { enabled: 'yes' } }, 'metrics.enabled: '],
  ['a value out of range', { metrics: { retention_days: 0 } }, 'metrics.retention_days: '],
  ['a list instead of an object', [], 'the whole: '],
  ['a file that is not JSON', '{ "metrics": ', 'it is not valid JSON'],
])('refuses %s, and names the file and the key', (_, file, problem) => {
  expect(() => configOf(file)).toThrow(
    expect.objectContaining({ code: 'sentinel_config_invalid', message: expect.stringContaining(problem) }),
  );
  expect(() => configOf(file)).toThrow(/config\.json/);
});

it.each([
  { PERF_SENTINEL_ENABLED: 'perhaps' },
  { PERF_SENTINEL_VERBOSE: 'toString' },
  { PERF_SENTINEL_THRESHOLD: '-3' },
  { PERF_SENTINEL_THRESHOLD: '0x10' },
  { PERF_SENTINEL_THRESHOLD: '5000' },
])('refuses the variable %o by its name', (env) => {
  const [name] = Object.keys(env);
  expect(() => configOf(undefined, env)).toThrow(
    expect.objectContaining({ code: 'sentinel_variable_invalid', message: expect.stringContaining(name!) }),
  );
});
