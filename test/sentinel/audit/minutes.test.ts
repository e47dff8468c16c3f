import { expect, it } from 'vitest';
import { minutesOf, sharesIn } from '../../../src/sentinel/audit/minutes.ts';
import type { Frequencies } from '../../../src/sentinel/transcripts/frequencies.ts';
import { hookOf } from '../hooks.ts';

const part = (id: string, wall_ms: number, start_ms = 0) => ({ id, start_ms, wall_ms });
const run = (...parts: ReturnType<typeof part>[]) => ({
  makespan_ms: Math.max(...parts.map(({ start_ms, wall_ms }) => start_ms + wall_ms)),
  cpu_ms: 0,
  parts,
});

const hooks = [
  hookOf('fast', { id: 'fast', root: '/a', matcher: 'Edit' }),
  hookOf('slow', { id: 'slow', root: '/b', matcher: 'Edit' }),
  hookOf('own', { id: 'own', source: 'project', plugin: null, root: null, matcher: 'Edit' }),
  hookOf('beside', { id: 'beside', root: '/c', matcher: 'Edit', async: true }),
];
const set = {
  event: 'PostToolUse',
  matched: 'Edit',
  hooks: hooks.map(({ id }) => id),
  makespan_ms: 600,
  runs: [run(part('fast', 300), part('slow', 600), part('own', 300), part('beside', 900))],
};
const often = (per_day: number): Frequencies => ({
  days: 3,
  sessions: 9,
  events: [
    { event: 'PostToolUse', matched: 'Edit', per_day },
    { event: 'PostToolUse', matched: 'Read', per_day: 1000 },
  ],
});

it('hooks that run at once share the wait, and the slowest alone has the last part', () => {
  expect(Object.fromEntries(sharesIn(set.runs[0]!, new Set(['fast', 'slow', 'own'])))).toEqual({
    fast: 100,
    own: 100,
    slow: 400,
  });
  expect(Object.fromEntries(sharesIn(run(part('a', 10), part('b', 30, 20)), new Set(['a', 'b'])))).toEqual({
    a: 5,
    b: 45,
  });
});

it('minutes a day are the share of the wait times the frequency of the event, that of this project for its own hooks', () => {
  const minutes = minutesOf([set], hooks, { everywhere: often(100), here: often(10) })!;
  expect(minutes.ofHook('slow')).toBeCloseTo((100 * 400) / 60_000);
  expect(minutes.ofHook('own')).toBeCloseTo((10 * 100) / 60_000);
  expect(minutes.ofHook('beside')).toBe(0);
  expect(minutes.ofSet(set)).toBeCloseTo(1);
  expect(minutes.saved(['slow'])).toBeCloseTo((100 * 300) / 60_000);
  expect(minutes.saved(['fast'])).toBe(0);
});

it('without transcripts the minutes are unknown', () => {
  const nothing: Frequencies = { days: 0, sessions: 0, events: [] };
  expect(minutesOf([set], hooks, { everywhere: nothing, here: nothing })).toBeNull();
});
