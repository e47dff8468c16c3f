import { describe, expect, it } from 'vitest';
import { percent, percentInterval, pValue, signedPercent, significant } from '../../src/core/figures.ts';

describe('a percentage', () => {
  it.each([
    [12.34, '12.3 %', '+12.3 %'],
    [-5, '−5.0 %', '−5.0 %'],
    [0, '0.0 %', '0.0 %'],
    [-0.04, '0.0 %', '0.0 %'],
    [0.04, '0.0 %', '0.0 %'],
  ])('of %d is printed as %s, and as %s with a sign', (value, plain, signed) => {
    expect(percent(value)).toBe(plain);
    expect(signedPercent(value)).toBe(signed);
  });

  it('may have other numbers of digits', () => {
    expect([percent(0.123, 2), percent(49.5, 0)]).toEqual(['0.12 %', '50 %']);
  });
});

it('an interval is printed with its open ends', () => {
  expect(percentInterval([-3.14, 24])).toBe('−3.1 to 24.0 %');
  expect(percentInterval([null, 24])).toBe('−∞ to 24.0 %');
  expect(percentInterval([3, null])).toBe('3.0 to ∞ %');
});

it('p has two digits, and at most four decimals', () => {
  expect([0.0312, 0.5, 0.0001, 0.000_099].map(pValue)).toEqual(['p = 0.031', 'p = 0.50', 'p = 0.00010', 'p < 0.0001']);
});

it('numbers are rounded to significant digits, without trailing zeros', () => {
  expect([547.790_999_999_999_9, 0.012_345, 12, 0, -3.456].map((v) => significant(v))).toEqual([
    548, 0.0123, 12, 0, -3.46,
  ]);
  expect(significant(547.790_999_999_999_9, 6)).toBe(547.791);
});
