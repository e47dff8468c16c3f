import { expect, it } from 'vitest';
import type { Contract } from '../../src/contract/schema/contract.ts';
import { seenText } from '../../src/report/asked.ts';
import { bounded, change, interval, regression, watchdogMoved } from '../../src/report/words.ts';
import { attempt, contract } from './story.ts';

it.each([
  [38.2, true, '38.2 % lower (better)'],
  [-5, true, '5.0 % higher (worse)'],
  [38.2, false, '38.2 % higher (better)'],
  [-5, false, '5.0 % lower (worse)'],
  [0.01, true, 'unchanged (0.0 %)'],
])('writes an improvement of %d with lower-is-better %s as “%s”', (improvement, lowerIsBetter, words) => {
  expect(change(improvement, lowerIsBetter)).toBe(words);
});

it('writes a watchdog’s regression in the direction of its own metric', () => {
  const [memory, rows] = attempt().watchdogs;
  expect(regression({ ...memory!, regression_pct: 3 }, contract)).toBe('3.0 % higher (worse)');
  expect(regression({ ...rows!, regression_pct: 3 }, contract)).toBe('3.0 % lower (worse)');
  expect(regression({ ...rows!, regression_pct: -3 }, contract)).toBe('3.0 % higher (better)');
});

it('moves a watchdog’s base in the direction of its change', () => {
  const [memory, rows] = attempt().watchdogs;
  expect(watchdogMoved({ ...memory!, baseline: 80, regression_pct: 5 }, contract)).toBe('80.0 MB → 84.0 MB');
  expect(watchdogMoved({ ...rows!, baseline: 1000, regression_pct: 5 }, contract)).toBe('1000 /s → 950 /s');
  expect(watchdogMoved({ ...memory!, baseline: 0, candidate: 3, regression_pct: null }, contract)).toBe(
    '0 MB → 3.00 MB',
  );
});

it('writes a lower bound above and below zero in words', () => {
  expect(bounded(34.56, '34.6 %')).toBe('at least 34.6 % better');
  expect(bounded(-2, '2.0 %')).toBe('at most 2.0 % worse');
});

it('writes intervals with their open ends', () => {
  expect(interval([-3.14, 24])).toBe('−3.1 to 24.0 %');
  expect(interval([null, 24])).toBe('−∞ to 24.0 %');
  expect(interval(null)).toBeNull();
});

it('says so if the noise hides every effect', () => {
  const text = (claim: Contract['claim']) =>
    seenText({ claim } as Contract, { improvement_pct: null, improvement: null });
  expect(text('no_worse')).toBe('no change is good enough to get the verdict “held” with a probability of 80 %');
  expect(text('proven')).toBe('no improvement is large enough to be accepted with a probability of 80 %');
});
