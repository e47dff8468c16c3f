import { expect, test } from 'vitest';
import { readingsOf, type Sample } from '../../../src/monitor/alerts/readings.ts';
import { minute, ruleOf, start } from './traces.ts';

const many = (count: number, more: Partial<Sample> = {}): Sample[] =>
  Array.from({ length: count }, (_, i) => ({
    t: start - i * 1000,
    value: i + 1,
    ok: i % 4 !== 0,
    labels: {},
    ...more,
  }));

test.each([
  ['p95', 95, 100],
  ['mean', 50.5, 100],
  ['rate', 100 / 15, 100],
  ['ratio', 0.75, 100],
])('%s of a hundred values', (agg, value, samples) => {
  expect(readingsOf(ruleOf({ agg }), many(100), start)).toMatchObject([{ value, samples, labels: {} }]);
});

test('only samples in the window and with the labels count', () => {
  const rule = ruleOf({ agg: 'mean', where: { plugin: 'a' }, min_samples: 1, value: 5 });
  const given = [
    ...many(1, { labels: { plugin: 'a' }, value: 10 }),
    ...many(1, { labels: { plugin: 'b' }, value: 99 }),
    ...many(1, { labels: { plugin: 'a' }, value: 99, t: start - 15 * minute }),
    ...many(1, { labels: { plugin: 'a' }, value: 99, t: start + 1 }),
  ];
  expect(readingsOf(rule, given, start)).toEqual([{ labels: {}, samples: 1, value: 10, holds: true }]);
});

test('each combination of label values is a series, which needs its own samples', () => {
  const rule = ruleOf({ by: ['plugin', 'name'], value: 5 });
  const given = [
    ...many(30, { labels: { plugin: 'a', name: 'x', project: '/p' } }),
    ...many(19, { labels: { plugin: 'b', name: 'x' } }),
    ...many(20, { labels: { name: 'x' }, value: 1 }),
  ];
  expect(readingsOf(rule, given, start).map(({ labels, holds }) => [labels, holds])).toEqual([
    [{ plugin: 'a', name: 'x' }, true],
    [{ plugin: '', name: 'x' }, false],
    [{ plugin: 'b', name: 'x' }, null],
  ]);
});

test('the number of series is limited, even if labels have unlimited values', () => {
  const given = Array.from({ length: 2000 }, (_, i) => ({ t: start, value: 1, ok: null, labels: { name: `n${i}` } }));
  expect(readingsOf(ruleOf({ by: ['name'] }), given, start)).toHaveLength(500);
});

test('the share of successes is unknown for events that neither fail nor succeed', () => {
  expect(readingsOf(ruleOf({ agg: 'ratio', op: '<', value: 0.9 }), many(50, { ok: null }), start)).toMatchObject([
    { samples: 0, holds: null },
  ]);
});
