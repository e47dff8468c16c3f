import { expect, it } from 'vitest';
import { changeOf, intervalInWords, intervalOf, lowerBound, moved, signed } from '../../src/report/estimate.ts';
import { doubted, pOf } from '../../src/report/p-value.ts';
import { contract, effect } from './story.ts';

const absolute = { ...contract, threshold_pct: null, threshold_absolute: 5 };

it('shows two numbers of one estimate, even if the medians have the opposite sign', () => {
  const contrary = effect({ baseline: 218, candidate: 211, improvement_pct: -5, improvement: -10.9 });
  expect(moved(contrary, contract)).toBe('218 ms → 229 ms');
  expect(changeOf(contrary, contract)).toBe('5.0 % higher (worse)');
  expect(moved(contrary, absolute)).toBe('218 ms → 229 ms');
  expect(changeOf(contrary, absolute)).toBe('10.9 ms higher (worse)');
});

it('moves a metric upwards if higher is better', () => {
  const rate = { ...contract, primary: { ...contract.primary, unit: '1/s', lower_is_better: false } };
  expect(moved(effect({ baseline: 200, improvement_pct: 10 }), rate)).toBe('200 1/s → 220 1/s');
});

it('writes the effect in the metric’s unit if the threshold has this unit', () => {
  expect(changeOf(effect(), absolute)).toBe('93.6 ms lower (better)');
  expect(signed(effect(), absolute)).toBe('+93.6 ms');
  expect(intervalOf(effect(), absolute)).toBe('86.1 ms to 99.7 ms');
  expect(intervalOf(effect({ ci95: [-3, null] }), absolute)).toBe('−3.00 ms to ∞');
  expect(lowerBound(effect(), absolute)).toBe('at least 86.9 ms better');
  expect(changeOf(effect(), { ...absolute, threshold_absolute: 0 })).toBe('22.7 % lower (better)');
});

it('writes an improvement in the metric’s unit if a percentage has no meaning', () => {
  const plain = effect({ improvement_pct: null, improvement: -93.6 });
  expect(changeOf(plain, contract)).toBe('93.6 ms higher (worse)');
  expect(signed(plain, contract)).toBe('−93.6 ms');
});

it('calls an interval below zero worse, in the same direction as the change', () => {
  const told = (low: number | null, high: number, terms = contract) =>
    intervalInWords(effect({ ci95_pct: [low, high], ci95: [low, high] }), terms);
  expect(told(20.9, 24.2)).toBe('20.9 to 24.2 %');
  expect(told(-99.8, -46.9)).toBe('46.9 to 99.8 % worse');
  expect(told(-3.1, 2.1)).toBe('3.1 % worse to 2.1 % better');
  expect(told(null, 2.1)).toBe('−∞ to 2.1 %');
  expect(told(-12, -9, absolute)).toBe('9.00 ms to 12.0 ms worse');
});

it('writes p with the hypothesis that it contradicts, and “exact” for an exact comparison', () => {
  expect(pOf(effect({ p: 0.000_000_1 }), contract)).toBe('p < 0.0001 against a gain under 10 %');
  expect(pOf(effect({ p: 0.0312 }), { ...contract, claim: 'observed' })).toBe('p = 0.031 against no gain');
  expect(pOf(effect({ p: null, ci95_pct: [25, 25] }), contract)).toBe('exact');
  expect(doubted(absolute)).toBe('against a gain under 5.00 ms');
  expect(doubted({ ...absolute, threshold_pct: 10 })).toBe('against a gain under 10 % or 5.00 ms');
  expect(doubted({ ...contract, threshold_pct: 0 })).toBe('against no gain');
});
