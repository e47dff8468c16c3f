import { describe, expect, test } from 'vitest';
import { noisyPoints, ordinaryPoints } from '../../src/stats/design.ts';
import { looks } from '../../src/stats/looks.ts';
import { reachable } from '../../src/stats/reachable.ts';
import { resolvable } from '../../src/stats/resolvable.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';
import { normals, runs, session } from './sessions.ts';

describe('whether the executions can be significant at all', () => {
  const plan = (first: number, last: number, test: Parameters<typeof reachable>[0]['test'] = 'auto') =>
    reachable({ test, first, last, alpha: 0.05, rules: 2 });

  test('the default can', () => {
    expect(plan(5, 22)).toMatchObject({ ok: true, smallest_p: 2 ** -22, alpha: 0.017 });
  });

  test('3 against 3 is refused for every test, with the number that would do', () => {
    expect(plan(3, 3)).toMatchObject({ ok: false, smallest_p: 0.125, alpha: 0.05, needed_runs: 5 });
    expect(plan(3, 3, 'mann_whitney')).toMatchObject({ ok: false, smallest_p: 0.05, needed_runs: 4 });
    expect(plan(3, 3, 'mean_2sigma')).toMatchObject({ ok: false, needed_runs: 4 });
  });

  test('`auto` needs enough executions for either test that it may become', () => {
    expect(plan(4, 4, 'mann_whitney').ok).toBe(true);
    expect(plan(4, 4)).toMatchObject({ ok: false, test: 'wilcoxon_signed_rank', needed_runs: 5 });
    expect(plan(3, 5).ok).toBe(true);
  });

  test('the smaller alpha of a late attempt needs more runs', () => {
    const late = reachable({ test: 'mann_whitney', first: 4, last: 4, alpha: 0.0003, rules: 2 });
    expect(late).toMatchObject({ ok: false, needed_runs: 7 });
    expect(reachable({ test: 'mann_whitney', first: 4, last: late.needed_runs, alpha: 0.0003, rules: 2 }).ok).toBe(
      true,
    );
  });
});

describe('the smallest improvement that can be resolved', () => {
  const arms = (spread: number, seed = 'arms', n = 40) => {
    const random = seededRandom(seed);
    const arm = () => normals(random, n).map((z) => 100 * Math.exp(spread * z));
    return { base: arm(), candidate: arm() };
  };
  const design = { rule: atLeastPct(5), looks: looks(ordinaryPoints, 0.05, 'mann_whitney', 2), confirm: true };

  test('is the threshold itself without noise, and grows with the noise', () => {
    const constant = { base: Array(8).fill(100), candidate: Array(8).fill(100) };
    expect(resolvable({ ...constant, ...design }).improvement_pct).toBeCloseTo(5, 9);
    const [quiet, loud] = [0.01, 0.05].map((s) => resolvable({ ...arms(s), ...design }).improvement_pct!);
    expect(quiet).toBeGreaterThan(5);
    expect(loud! - 5).toBeGreaterThan(3 * (quiet! - 5));
  });

  test('is finer with more runs, without confirmation, and for an observed claim', () => {
    const of = (more: object) => resolvable({ ...arms(0.04), ...design, ...more }).improvement_pct!;
    expect(of({ looks: looks(noisyPoints, 0.05, 'mann_whitney', 2) })).toBeLessThan(of({}));
    expect(of({ confirm: false })).toBeLessThan(of({}));
    expect(of({ rule: { ...design.rule, claim: 'observed' } })).toBeLessThan(of({}));
  });

  test('agrees with the known need for runs: a margin of one standard deviation takes about 21 pairs', () => {
    const rule = atLeastPct(5, 'wilcoxon_signed_rank');
    const at21 = { rule, looks: [{ n: 21, alpha: 0.05 }], confirm: false };
    const { improvement_pct } = resolvable({ ...arms(0.04, 'many', 2000), ...at21 });
    const margin = Math.log(0.95) - Math.log(1 - improvement_pct! / 100);
    expect(margin / 0.04).toBeGreaterThan(0.8);
    expect(margin / 0.04).toBeLessThan(1.2);
  });

  test.each(['mann_whitney', 'wilcoxon_signed_rank'] as const)(
    '%s: an improvement of that size is accepted about four times in five',
    (name) => {
      const rule = atLeastPct(5, name);
      const plan = looks(ordinaryPoints, 0.05, name, 2);
      const random = seededRandom(`power ${name}`);
      const noise = { base: runs(random, 100, 2000), candidate: runs(random, 100, 2000) };
      const { improvement_pct } = resolvable({ ...noise, rule, looks: plan, confirm: true });
      const passes = () =>
        session(runs(random, 100, 22), runs(random, 100 - improvement_pct!, 22), rule, plan).state === 'passed';
      const accepted = Array.from({ length: 400 }, () => passes() && passes()).filter(Boolean).length / 400;
      expect(accepted).toBeGreaterThan(0.72);
      expect(accepted).toBeLessThan(0.9);
    },
  );

  test('an absolute threshold is answered in the unit too; a median of 0 has no percentage', () => {
    const { base, candidate } = arms(0.02);
    const plain = resolvable({ ...design, base, candidate, rule: atLeastAmount(10) });
    expect(plain.improvement).toBeGreaterThan(10);
    expect(plain.improvement_pct! / plain.improvement!).toBeCloseTo(1, 1);
    expect(resolvable({ ...design, base: [-1, 0, 1], candidate: [0, 1, 2], rule: atLeastAmount(10) })).toMatchObject({
      improvement_pct: null,
      noise_pct: null,
    });
  });

  test('an unreachable threshold has no answer', () => {
    expect(resolvable({ ...arms(0.02), ...design, rule: atLeastPct(100) }).improvement).toBeNull();
  });
});
