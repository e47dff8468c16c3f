import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/stats/rng.ts';
import { chooseTest, differs } from '../../src/stats/same.ts';
import { atLeastAmount, atLeastPct } from './rules.ts';
import { normals } from './sessions.ts';

describe('the base against itself', () => {
  const arm = [100, 103, 98, 101, 99, 102, 97, 104];

  test('is the same if the program is, with constant samples or not', () => {
    for (const name of ['mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const) {
      expect(differs(arm, [...arm].reverse(), atLeastPct(5, name), 0.01)).toMatchObject({
        different: false,
        accepted: null,
      });
      expect(differs(Array(8).fill(5), Array(8).fill(5), atLeastPct(0, name), 0.01)).toMatchObject({
        different: false,
        p_two_sided: 1,
      });
    }
  });

  test('differs when the test says so, though the gate would not accept', () => {
    const slower = arm.map((v) => v * 1.08);
    const seen = differs(arm, slower, atLeastPct(20, 'wilcoxon_signed_rank'), 0.01);
    expect(seen).toMatchObject({ different: true, accepted: null, p_two_sided: 2 / 256 });
  });

  test('differs when the gate would accept, in either direction', () => {
    const rule = atLeastAmount(1, 'wilcoxon_signed_rank');
    const faster = arm.map((v) => v - 2).slice(0, 5);
    expect(differs(arm.slice(0, 5), faster, rule, 0.05)).toMatchObject({ different: true, accepted: 'candidate' });
    expect(differs(faster, arm.slice(0, 5), rule, 0.05)).toMatchObject({ different: true, accepted: 'base' });
    expect(differs(arm.slice(0, 5), faster, rule, 0.01)).toMatchObject({ different: false });
  });

  test('twice in a row is rare for honest sessions: at most about one in a hundred each time', () => {
    const random = seededRandom('a/a');
    const session = () => differs(...noise(random), atLeastPct(2), 0.01).different;
    const seen = Array.from({ length: 2000 }, session).filter(Boolean).length;
    expect(seen).toBeLessThan(40);
    expect(seen).toBeGreaterThan(0);
  });
});

describe('auto', () => {
  test('is Mann-Whitney unless the arms drift together', () => {
    const drift = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(
      chooseTest(
        drift,
        drift.map((v) => v * 1.1 + (v % 2)),
        2,
      ),
    ).toBe('wilcoxon_signed_rank');
    expect(chooseTest(drift, [5, 1, 8, 2, 7, 4, 3, 6], 2)).toBe('mann_whitney');
    expect(chooseTest(drift, [...drift].reverse(), 2)).toBe('mann_whitney');
  });

  test('a correlation that five pairs have by chance does not count; under the rules 1 it did', () => {
    const [a, b] = [
      [1, 2, 3, 4, 5],
      [2, 1, 3, 5, 4],
    ];
    expect(chooseTest(a!, b!, 2)).toBe('mann_whitney');
    expect(chooseTest(a!, b!, 1)).toBe('wilcoxon_signed_rank');
    expect(chooseTest(a!, a!, 2)).toBe('wilcoxon_signed_rank');
  });

  test('an undefined correlation counts as no correlation', () => {
    expect(chooseTest([5, 5, 5, 5], [5, 6, 7, 8], 2)).toBe('mann_whitney');
    expect(chooseTest([1, 2], [1, 2], 2)).toBe('mann_whitney');
  });
});

const noise = (random: () => number): [number[], number[]] => {
  const arm = () => normals(random, 8).map((z) => 100 * Math.exp(0.02 * z));
  return [arm(), arm()];
};
