import { expect, it } from 'vitest';
import { estimateOf } from '../../../src/sentinel/optimize/interval.ts';
import { leastOf, waitWith } from '../../../src/sentinel/optimize/left.ts';

const parts = [
  { id: 'slow', start_ms: 0, wall_ms: 300 },
  { id: 'late', start_ms: 50, wall_ms: 100 },
  { id: 'quick', start_ms: 0, wall_ms: 5 },
];
const all = new Set(['slow', 'late', 'quick']);
const left = (of: Record<string, number | 'gone'>) => new Map(Object.entries(of));

it('a wait lasts until the slowest awaited hook has ended', () => {
  expect(waitWith({ parts }, all, left({}))).toBe(300);
  expect(waitWith({ parts }, new Set(['late', 'quick']), left({}))).toBe(150);
  expect(waitWith({ parts }, new Set(), left({}))).toBe(0);
});

it('the time left of a hook counts from its start, and never makes the wait longer', () => {
  expect(waitWith({ parts }, all, left({ slow: 20 }))).toBe(150);
  expect(waitWith({ parts }, all, left({ slow: 20, late: 10 }))).toBe(60);
  expect(waitWith({ parts }, all, left({ slow: 'gone', late: 'gone' }))).toBe(5);
  expect(waitWith({ parts }, all, left({ slow: 900 }))).toBe(300);
});

it('several changes save the same time once', () => {
  const both = leastOf([left({ slow: 20, late: 10 }), left({ slow: 40 }), left({ late: 'gone' })]);
  expect([...both]).toEqual([
    ['slow', 20],
    ['late', 'gone'],
  ]);
});

it('an estimate has the confidence of its interval', () => {
  expect(estimateOf([3, 1, 2])).toEqual({ value: 2, low: 1, high: 3, confidence: 0.75 });
  expect(estimateOf([5, 4, 3, 2, 1, 6])).toEqual({ value: 3.5, low: 1, high: 6, confidence: 0.95 });
  expect(estimateOf([7])).toMatchObject({ low: 7, high: 7, confidence: 0 });
});
