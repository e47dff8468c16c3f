import { expect, it } from 'vitest';
import { shareOf } from '../../../src/sentinel/compare/share.ts';
import type { EventDryRun } from '../../../src/sentinel/dry-run/result.ts';

/** An event whose hooks all begin at once and take these times, three times over. */
function event(walls: Record<string, number>): EventDryRun {
  const parts = Object.entries(walls).map(([id, wall_ms]) => ({ id, start_ms: 0, wall_ms }));
  const run = { makespan_ms: Math.max(...Object.values(walls)), cpu_ms: 0, parts };
  const hooks = Object.keys(walls);
  return { key: 'k', event: 'Stop', matched: null, input: '', hooks, runs: [run, run, run], without: [] };
}

const share = (
  id: string,
  base: Record<string, number>,
  current: Record<string, number>,
  waitsFor = (_id: string) => true,
) => shareOf(id, { base: event(base), current: event(current), waitsFor });

it('a hook that is slower than all others makes the event slower by the excess', () => {
  expect(share('a', { a: 10, b: 40 }, { a: 100, b: 40 })).toBe(60);
});

it('a slower hook that ends before the slowest makes no difference', () => {
  expect(share('a', { a: 10, b: 200 }, { a: 100, b: 200 })).toBe(0);
});

it('a new hook adds the time that the event would save without it, and a removed one saves it', () => {
  expect(share('a', { b: 40 }, { a: 100, b: 40 })).toBe(60);
  expect(share('a', { a: 100, b: 40 }, { b: 40 })).toBe(-60);
});

it('a hook in the background has no share', () => {
  expect(share('a', { b: 40 }, { a: 100, b: 40 }, (id) => id !== 'a')).toBe(0);
});
