import { expect, it } from 'vitest';
import { comparedWith } from '../../../src/sentinel/benchmark/before.ts';
import type { Spread } from '../../../src/sentinel/benchmark/grade.ts';

const last = (p50: number) => ({ at: '2026-01-28T10:00:00.000Z', runs: 20, p50, p95: 2 * p50, score: 90 });
const now = (p50: number, min = p50) => ({ p50, min }) as Spread;

it.each<[what: string, before: number, spread: Spread, worse: boolean]>([
  ['twice as long', 100, now(200), true],
  ['a little more than half', 100, now(151), true],
  ['half', 100, now(150), false],
  ['faster', 100, now(40), false],
  ['twice as long, but not noticeable', 2, now(4), false],
  ['some runs are as fast as before: the machine is busy', 100, now(200, 90), false],
])('%s', (_, before, spread, worse) => {
  expect(comparedWith(last(before), spread)).toMatchObject({ worse, change_pct: 100 * (spread.p50 / before - 1) });
});

it('without an earlier benchmark, nothing is compared', () => {
  expect(comparedWith(null, now(100))).toBeNull();
});
