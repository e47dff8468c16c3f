import { expect, it } from 'vitest';
import { atLeast, change, changeOf, interval, pValue, regression, signed } from '../../src/report/words.ts';
import { attempt, contract, effect } from './story.ts';

it.each([
  [38.2, true, '38.2 % lower (better)'],
  [-5, true, '5.0 % higher (worse)'],
  [38.2, false, '38.2 % higher (better)'],
  [-5, false, '5.0 % lower (worse)'],
  [0.01, true, 'unchanged (0.0 %)'],
])('says an improvement of %d with lower-is-better %s as “%s”', (improvement, lowerIsBetter, words) => {
  expect(change(improvement, lowerIsBetter)).toBe(words);
});

it('says an improvement in the unit where a percentage has no meaning', () => {
  const absolute = effect({ improvement_pct: null, improvement: -93.6 });
  expect(changeOf(absolute, contract)).toBe('93.6 ms higher (worse)');
  expect(signed(absolute, 'ms')).toBe('−93.6 ms');
});

it('says a watchdog’s regression by the direction of its own metric', () => {
  const [memory, rows] = attempt().watchdogs;
  expect(regression({ ...memory!, regression_pct: 3 }, contract)).toBe('3.0 % higher (worse)');
  expect(regression({ ...rows!, regression_pct: 3 }, contract)).toBe('3.0 % lower (worse)');
  expect(regression({ ...rows!, regression_pct: -3 }, contract)).toBe('3.0 % higher (better)');
});

it('says what a lower bound promises, and what it does not', () => {
  expect(atLeast(34.56)).toBe('at least 34.6 % better');
  expect(atLeast(-2)).toBe('up to 2.0 % worse');
});

it('says intervals with their open ends', () => {
  expect(interval([-3.14, 24])).toBe('−3.1 to 24.0 %');
  expect(interval([null, 24])).toBe('−∞ to 24.0 %');
  expect(interval(null)).toBeNull();
});

it('says p with two digits, and that an exact comparison has none', () => {
  expect(pValue(effect({ p: 0.000_000_1 }))).toBe('p < 0.0001');
  expect(pValue(effect({ p: 0.0312 }))).toBe('p = 0.031');
  expect(pValue(effect({ p: null, ci95_pct: [25, 25] }))).toBe('exact');
});
