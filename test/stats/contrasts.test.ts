import { describe, expect, it } from 'vitest';
import { averagesOf, type Contrasts, differencesOf } from '../../src/stats/contrasts.ts';
import { judge } from '../../src/stats/judge.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { newestRules, type Rule } from '../../src/stats/rule.ts';

const random = seededRandom('contrasts');
/** Values that are rounded to this step: a coarse one makes ties. */
const values = (n: number, step: number) =>
  Array.from({ length: n }, () => Math.round((100 + 20 * (random() + random() + random())) / step) * step);

const differences = (x: number[], y: number[]) => x.flatMap((a) => y.map((b) => a - b));
const averages = (d: number[]) => d.flatMap((a, i) => d.slice(i).map((b) => (a + b) / 2));

/** Every twentieth place, both ends, and the counts at values that are there and that are not. */
function expectOf(contrasts: Contrasts, all: number[]): void {
  const sorted = Float64Array.from(all).sort();
  const places =
    sorted.length < 100 ? [...sorted.keys()] : [...sorted.keys()].filter((k) => k % (sorted.length >> 4) === 0);
  expect(contrasts.size).toBe(sorted.length);
  expect(places.map(contrasts.at)).toEqual(places.map((k) => sorted[k]));
  expect([contrasts.at(-1), contrasts.at(sorted.length - 1), contrasts.at(sorted.length)]).toEqual([
    undefined,
    sorted.at(-1),
    undefined,
  ]);
  for (const value of [
    sorted[0]! - 1,
    sorted[sorted.length >> 2]!,
    sorted[sorted.length >> 1]! + 1e-9,
    sorted.at(-1)! + 1,
  ]) {
    expect(contrasts.countBelow((v) => v >= value)).toBe(sorted.filter((v) => v < value).length);
    expect(contrasts.countBelow((v) => v > value)).toBe(sorted.filter((v) => v <= value).length);
  }
}

describe.each([
  ['few', 9, 7, 0.001],
  ['many', 260, 230, 0.001],
  ['many with ties', 260, 230, 5],
  ['many that are all the same', 260, 230, 1000],
  ['very unequal numbers', 3000, 5, 0.5],
])('the order of %s contrasts', (_, n, m, step) => {
  it('of two samples is that of the sorted list', () => {
    const [x, y] = [values(n, step), values(m, step)];
    expectOf(differencesOf(x, y), differences(x, y));
  });

  it('of one sample is that of the sorted list', () => {
    const d = values(Math.min(n, 300), step);
    expectOf(averagesOf(d), averages(d));
  });
});

describe('many samples', () => {
  const rule: Rule = {
    rules: newestRules,
    lower_is_better: true,
    threshold: { type: 'pct', pct_min: 1, absolute_min: 0, significance_required: true },
    claim: 'proven',
    session_effect_pct: 0,
    test: 'mann_whitney',
  };

  it.each(['mann_whitney', 'wilcoxon_signed_rank'] as const)(
    '20,000 of each are judged by %s, whose list of contrasts would not fit',
    (test) => {
      const [base, candidate] = [values(20_000, 0.001), values(20_000, 0.001).map((v) => v * 0.95)];
      const { passes, improvement_pct, lower_bound_pct } = judge(base, candidate, { ...rule, test }, 0.05);
      expect(passes).toBe(true);
      expect(improvement_pct).toBeCloseTo(5, 0);
      expect(lower_bound_pct).toBeLessThan(improvement_pct!);
    },
  );

  it('cost grows almost linearly: eight times as many samples cost far less than sixty-four times as much', () => {
    const cpu = (n: number) => {
      const [base, candidate] = [values(n, 0.001), values(n, 0.001)];
      const before = process.cpuUsage();
      judge(base, candidate, rule, 0.05);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const least = (n: number) => Math.min(cpu(n), cpu(n), cpu(n));
    expect(least(20_000) / least(2500)).toBeLessThan(32);
  });
});
