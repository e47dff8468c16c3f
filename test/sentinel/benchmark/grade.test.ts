import { expect, it } from 'vitest';
import { figuresOf, pointsOf } from '../../../src/sentinel/benchmark/grade.ts';
import type { Run } from '../../../src/sentinel/dry-run/execution.ts';

/** Runs with these times, some of which failed. */
const runs = (walls: readonly number[], failed = 0): Run[] =>
  walls.map(
    (wall_ms, i) => ({ wall_ms, outcome: i < failed ? 'failed' : 'ok', stdout_bytes: i % 2, stderr_bytes: 0 }) as Run,
  );

const same = (ms: number, n = 10) => Array<number>(n).fill(ms);

it.each<[what: string, alone: Run[], load: Run[] | null, points: number]>([
  ['fast, steady and successful: all points', runs(same(10)), null, 100],
  ['over 50 ms, which a user may notice', runs(same(80)), null, 85],
  ['slow: over 100 ms', runs(same(150)), null, 45],
  ['half of the runs are slow, and they vary', runs([...same(10, 5), ...same(150, 5)]), null, 63],
  ['a tenth fails', runs(same(10), 1), null, 88],
  ['a fifth fails', runs(same(10), 2), null, 75],
  ['all fail, which costs no more than a fifth', runs(same(10), 10), null, 75],
  ['slow under load', runs(same(10)), runs(same(300)), 90],
  ['fast enough under load', runs(same(10)), runs(same(190)), 100],
  ['every point is lost', runs([...same(100.1, 9), 10_000], 10), runs(same(300)), 0],
])('%s', (_, alone, load, points) => {
  expect(pointsOf(figuresOf(alone), load && figuresOf(load))).toBe(points);
});

it('gives the spread of the times, and how many runs printed something', () => {
  const { wall, within_usual, within_stretch, success, feedback, consistency } = figuresOf(
    runs([10, 20, 30, 40, 200], 1),
  );
  expect(wall).toMatchObject({ mean: 60, min: 10, max: 200, p50: 30 });
  expect([wall.p95, wall.p99].map((ms) => Math.round(ms))).toEqual([168, 194]);
  expect(wall.sd).toBeCloseTo(79.06, 2);
  expect([within_usual, within_stretch, success, feedback, consistency]).toEqual([0.8, 0.8, 0.8, 0.4, 0]);
});

it('one run has no spread', () => {
  expect(figuresOf(runs([7])).wall).toEqual({ mean: 7, sd: 0, min: 7, max: 7, p50: 7, p95: 7, p99: 7 });
});
