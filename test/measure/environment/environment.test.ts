import { cpus } from 'node:os';
import { expect, it } from 'vitest';
import { describeEnvironment, warningsOf } from '../../../src/measure/environment/environment.ts';

it('records the machine as it is', () => {
  const environment = describeEnvironment().end();
  expect(environment).toMatchObject({ cores: cpus().length, node: process.version });
  expect(environment.memory_free_mb).toBeGreaterThan(0);
  expect(environment.memory_free_mb).toBeLessThanOrEqual(environment.memory_total_mb);
});

it('warns, as data, about conditions that make a measurement less reliable', () => {
  const { warnings: _, ...here } = describeEnvironment().end();
  const quiet = { ...here, cores: 4, load_start: 1, load_end: 1, governor: 'performance', memory_free_mb: 8000 };
  const calm = { ...quiet, cpu_quota: null, on_battery: false };
  expect(warningsOf(calm)).toEqual([]);
  expect(warningsOf({ ...calm, load_end: 5 })).toEqual([{ code: 'high_load', load: 5, cores: 4 }]);
  expect(warningsOf({ ...calm, governor: 'powersave' })).toEqual([{ code: 'slow_governor', governor: 'powersave' }]);
  expect(warningsOf({ ...calm, on_battery: true })).toEqual([{ code: 'on_battery' }]);
  expect(warningsOf({ ...calm, cpu_quota: 0.5 })).toEqual([{ code: 'cpu_quota', cpus: 0.5, cores: 4 }]);
  expect(warningsOf({ ...calm, memory_free_mb: 100 })).toEqual([{ code: 'low_memory', free_mb: 100 }]);
});
