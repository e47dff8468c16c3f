import { describe, expect, test } from 'vitest';
import { judge } from '../../src/stats/judge.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { armWarnings, tieWarnings } from '../../src/stats/warnings.ts';
import { atLeastPct } from './rules.ts';
import { normals } from './sessions.ts';

const steady = [100, 103, 98, 101, 99, 102, 97, 104, 100.5, 98.5, 101.5, 99.5];
const codes = (values: number[]) => armWarnings('base', values).map((w) => w.code);

describe('warnings about one arm', () => {
  test('steady, constant and single values give none', () => {
    expect([codes(steady), codes(Array(12).fill(5)), codes([5])]).toEqual([[], [], []]);
  });

  test('outliers are counted with their distance, never removed', () => {
    expect(armWarnings('candidate', [...steady, 200, 210])).toContainEqual({
      code: 'outliers',
      arm: 'candidate',
      count: 2,
      worst: expect.closeTo(55, -1),
    });
    expect(codes([...steady, 115])).not.toContain('outliers');
  });

  test('a first run unlike the others', () => {
    expect(codes([200, ...steady])).toEqual(['outliers', 'first_run_differs']);
  });

  test('drift', () => {
    expect(codes(steady.map((v, i) => v + 5 * i))).toContain('drift');
    expect(codes(steady.map((v, i) => v - 5 * i))).toContain('drift');
  });

  test('runs that resemble their neighbours', () => {
    const waves = Array.from({ length: 24 }, (_, i) => 100 + 10 * Math.sin(i / 2) + (i % 3));
    expect(codes(waves)).toContain('autocorrelation');
    expect(codes(Array.from({ length: 24 }, (_, i) => (i % 2 ? 90 : 110) + (i % 5)))).not.toContain('autocorrelation');
  });

  test('two groups, with their means', () => {
    const two = steady.map((v, i) => (i % 2 ? v : v + 60));
    expect(armWarnings('base', two)).toContainEqual({
      code: 'bimodal',
      arm: 'base',
      low: expect.closeTo(101.33, 1),
      high: expect.closeTo(159.33, 1),
    });
  });

  test.each([8, 12, 20])('ordinary noise of %d runs seldom warns', (n) => {
    const random = seededRandom(`ordinary ${n}`);
    const warned = Array.from({ length: 500 }, () => codes(normals(random, n).map((z) => 100 + z))).filter(
      (c) => c.length > 0,
    );
    expect(warned.length).toBeLessThan(25);
  });
});

describe('warnings about both', () => {
  test('a metric coarser than its noise', () => {
    expect(tieWarnings([10, 10, 11, 11], [9, 9, 10, 10])).toEqual([{ code: 'ties', distinct: 3, values: 8 }]);
    expect(tieWarnings([10, 11], [9, 10])).toEqual([]);
  });

  test('a gain in the tail only', () => {
    const base = [100, 100.1, 100.2, 100.3, 100.4, 150, 151, 152, 153];
    const candidate = [99, 99.1, 99.2, 99.3, 99.4, 99.5, 99.6, 99.7, 99.8];
    const j = judge(base, candidate, atLeastPct(5, 'wilcoxon_signed_rank'), 0.05);
    expect(j.warnings).toContainEqual({
      code: 'tail_only',
      improvement_pct: expect.closeTo(17.5, -1),
      medians_pct: expect.closeTo(1, 0),
    });
    const even = judge(
      base,
      base.map((v) => v * 0.8),
      atLeastPct(5),
      0.05,
    );
    expect(even.warnings.map((w) => w.code)).not.toContain('tail_only');
  });
});
