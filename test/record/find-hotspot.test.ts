import { expect, test } from 'vitest';
import { findHotspot, isAbout } from '../../src/record/find-hotspot.ts';

const place = (line: number) => ({ id: `parse src/a.js:${line}`, function: 'parse', file: 'src/a.js', line });

test('a hotspot whose line moved is recognised, unless several have its name', () => {
  expect(findHotspot([place(3)], place(1))).toEqual(place(3));
  expect(findHotspot([place(3), place(90)], place(1))).toBeUndefined();
  expect(findHotspot([place(3), place(90)], place(90))).toEqual(place(90));
});

test('a trial at one of two hotspots of the same name does not concern the other', () => {
  const both = [place(3), place(90)];
  expect(both.map((each) => isAbout(each, place(3), both))).toEqual([true, false]);
  expect(isAbout(place(4), place(3), [place(4)])).toBe(true);
  expect(isAbout(place(3), place(3), [])).toBe(true);
});
