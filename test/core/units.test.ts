import { describe, expect, it } from 'vitest';
import { areAlike, convert, duration, fromTo, quantity, scaleFor, unitsLike } from '../../src/core/units.ts';

describe('a quantity', () => {
  it.each([
    [412, 'ms', '412 ms'],
    [12.345, 'ms', '12.3 ms'],
    [1.2345, 's', '1.23 s'],
    [0.1234, 's', '0.123 s'],
    [0.001_234_5, 's', '0.00123 s'],
    [0, 'ms', '0 ms'],
    [10_000, 'ms', '10.0 s'],
    [25_000_000, 'ns', '25.0 ms'],
    [20_000_000_000, 'ns', '20.0 s'],
    [15_000, 'us', '15.0 ms'],
    [123_456, 'bytes', '121 KB'],
    [20 * 1024 ** 3, 'bytes', '20.0 GB'],
    [85_000, 'KB', '83.0 MB'],
    [-12.3, 'ms', '-12.3 ms'],
    [48_500, '/s', '48500 /s'],
    [3, '', '3.00'],
    [7, 'constructor', '7.00 constructor'],
  ])('of %d %s is printed as %s', (value, unit, text) => {
    expect(quantity(value, unit)).toBe(text);
  });

  it('is printed in the same unit as the one it is compared with', () => {
    expect(fromTo(10_200, 8900, 'ms')).toBe('10.2 s → 8.90 s');
    expect(fromTo(412, 255, 'ms')).toBe('412 ms → 255 ms');
  });

  it('returns the divisor of its values', () => {
    expect(scaleFor(30_000, 'ms')).toEqual({ per: 1000, unit: 's' });
    expect(scaleFor(30, 'ms')).toEqual({ per: 1, unit: 'ms' });
  });
});

describe('a unit', () => {
  it.each([
    [1.5, 's', 'ms', 1500],
    [250, 'us', 'ms', 0.25],
    [250, 'µs', 'us', 250],
    [250, '\u03bcs', 'ms', 0.25],
    [2048, 'bytes', 'KB', 2],
    [3, 'MB', 'KiB', 3072],
    [60, 'frames', 'ms', 60],
    [60, 'ms', 'KB', 60],
    [60, 'constructor', 'ms', 60],
  ])('of %d %s in %s is %d', (value, from, to, result) => {
    expect(convert(value, from, to)).toBe(result);
  });

  it('is of one kind with the units that its values can be converted to', () => {
    expect(unitsLike('KB')).toEqual(['bytes', 'B', 'KB', 'KiB', 'MB', 'MiB', 'GB']);
    expect(unitsLike('frames')).toEqual([]);
    expect([areAlike('ns', 'min'), areAlike('ms', 'KB'), areAlike('frames', 'frames')]).toEqual([true, false, true]);
    expect(areAlike('frames', 'requests')).toBe(false);
  });

  it('is divided by a whole number to reach the larger one', () => {
    expect(scaleFor(12_000, 'ns')).toEqual({ per: 1000, unit: 'µs' });
    expect(scaleFor(20 * 1024 ** 3, 'bytes')).toEqual({ per: 1024 ** 3, unit: 'GB' });
  });
});

describe('a duration', () => {
  it.each([
    [47.4, '47 s'],
    [200, '3 min 20 s'],
    [120, '2 min'],
    [3599.6, '1 h 0 min'],
    [7500, '2 h 5 min'],
    [-3, '0 s'],
  ])('of %d seconds is printed as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
