import { describe, expect, it } from 'vitest';
import { binBounds } from '../../../src/report/svg/scale.ts';
import { textHistogram } from '../../../src/report/terminal/figures.ts';

const look = { width: 60, colour: false, unicode: true };

it('counts every value in one line, by round bounds', () => {
  expect(textHistogram([1, 1.1, 2.2, 2.5, 2.9, 3.1], 's', look)).toBe(
    ['1 s ███████████████████████████ 2', '2 s ████████████████████████████████████████ 3', '3 s █████████████ 1'].join(
      '\n',
    ),
  );
});

it('counts outliers in a line of their own', () => {
  const near = Array.from({ length: 20 }, (_, i) => 100 + i / 10);
  const lines = textHistogram([...near, 900], 'ms', look).split('\n');
  expect(lines.at(-1)).toBe('1 far out, up to 900 ms');
  expect(lines.length).toBeGreaterThan(3);
});

it('is left out if all values are the same', () => {
  expect(textHistogram([5, 5, 5, 5], 'ms', look)).toBe('');
});

it('keeps to ASCII and to the width', () => {
  const values = Array.from({ length: 50 }, (_, i) => 10 + (i % 7));
  const text = textHistogram(values, 'ms', { width: 40, colour: false, unicode: false });
  expect(text).toMatch(/^[\x20-\x7e\n]+$/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
});

describe('bounds', () => {
  it.each([[[0.597, 8.65]], [[1, 1]], [[0, 0]], [[-3, 0.001]], [[1e-9, 2e-9]], [[4.99, 5.01, 14.9]]])(
    'of %j hold all values',
    (values) => {
      const bounds = binBounds(values);
      expect(bounds.length).toBeGreaterThanOrEqual(2);
      expect(bounds[0]).toBeLessThanOrEqual(Math.min(...values));
      expect(bounds.at(-1)! * (1 + 1e-9)).toBeGreaterThanOrEqual(Math.max(...values));
    },
  );
});
