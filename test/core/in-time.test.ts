import { expect, it } from 'vitest';
import { inTime } from '../../src/core/in-time.ts';

it('returns the result of a function, and stops a pattern that would never end', () => {
  expect(inTime(() => /b/.exec('abc')?.index ?? null)).toBe(1);
  expect(inTime(() => /x/.exec('abc'))).toBe(null);
  expect(inTime(() => /^(a+)+$/.exec(`${'a'.repeat(40)}!`), 100)).toBe(undefined);
  expect(() =>
    inTime(() => {
      throw new Error('its own');
    }),
  ).toThrow('its own');
});
