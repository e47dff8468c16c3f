import { expect, it } from 'vitest';
import { drifted } from '../../src/fleet/drift.ts';

const speed = (loop_ms: number, spread_pct: number | null = 1) => ({
  loop_ms,
  spread_pct,
  at: '2026-11-30T09:00:00.000Z',
});

it('reports drift if the loop takes 5 % more or less time', () => {
  expect(drifted(speed(30), speed(30))).toBe(null);
  expect(drifted(speed(30), speed(31.4))).toBe(null);
  expect(drifted(speed(30), speed(28.6))).toBe(null);
  expect(drifted(speed(30), speed(31.6))).toBe(
    'its speed changed: the test loop of `perf-gate doctor` takes 31.6 ms, 5.3 % slower than on 2026-11-30 (30.0 ms)',
  );
  expect(drifted(speed(30), speed(27))).toMatch(/10\.0 % faster/);
});

it('ignores a difference within the noise of the loop', () => {
  expect(drifted(speed(30, 9), speed(32))).toBe(null);
  expect(drifted(speed(30, null), speed(32, 9))).toBe(null);
  expect(drifted(speed(30, null), speed(32, null))).toMatch(/speed changed/);
});
