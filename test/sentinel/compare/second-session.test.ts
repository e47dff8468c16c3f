import { expect, it } from 'vitest';
import type { Contest } from '../../../src/sentinel/compare/judge.ts';
import { pairsOfSecond } from '../../../src/sentinel/compare/second-session.ts';
import { seededRandom } from '../../../src/stats/rng.ts';

/** Ten pairs without a change; their values scatter by about so many per cent. */
function contest(scatter: number, key = 'hook'): Contest {
  const random = seededRandom(`${key} ${scatter}`);
  const noisy = () => 100 * Math.exp((scatter / 100) * 2 * (random() + random() + random() - 1.5));
  const arm = () => Array.from({ length: 10 }, noisy);
  return { key, in_turn: true, wall: { base: arm(), current: arm() }, cpu: { base: [], current: [] } };
}

it('a quiet first session is followed by one of twice as many pairs, a noisier one by more', () => {
  expect(pairsOfSecond([contest(1)], 10, 10)).toBe(20);
  const noisy = pairsOfSecond([contest(8)], 10, 10);
  expect(noisy).toBeGreaterThan(20);
  expect(noisy).toBeLessThanOrEqual(60);
});

it('a large change needs the fewest pairs', () => {
  const { wall, ...one } = contest(8);
  const slower = { ...one, wall: { ...wall, current: wall.current.map((ms) => 3 * ms) } };
  expect(pairsOfSecond([slower], 10, 10)).toBe(20);
});

it('a contest that would need far more than six times as many pairs is ignored', () => {
  expect(pairsOfSecond([contest(80)], 10, 10)).toBe(20);
  expect(pairsOfSecond([contest(80), contest(8)], 10, 10)).toBe(pairsOfSecond([contest(8), contest(80)], 10, 10));
});

it('several contests need more pairs, because each has a smaller share of the error', () => {
  const alone = pairsOfSecond([contest(7)], 10, 10);
  const many = Array.from({ length: 16 }, () => contest(7));
  expect(pairsOfSecond(many, 10, 10)).toBeGreaterThanOrEqual(alone);
});
