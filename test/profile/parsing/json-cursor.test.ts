import { expect, test } from 'vitest';
import { isFailure } from '../../../src/core/errors.ts';
import {
  eachItem,
  fieldsReader,
  type Json,
  jsonFrom,
  number,
  numbers,
  skip,
  value,
  whole,
} from '../../../src/profile/parsing/json-cursor.ts';
import { seededRandom } from '../../../src/stats/rng.ts';

const from = (text: string) => jsonFrom(Buffer.from(text), 'x.json');
const read = <Value>(text: string, reader: (json: Json) => Value) => whole(from(text), reader);

test('numbers are those that JSON.parse reads', () => {
  const next = seededRandom('numbers');
  const written = ['0', '-0', '1e3', '-2.5E-3', '123456789012345678', '0.1', '1e400', '9007199254740993', '4'];
  for (let i = 0; i < 500; i++) written.push(JSON.stringify((next() - 0.5) * 10 ** Math.floor(next() * 20 - 8)));
  const text = `[ ${written.join(' ,\n')} ]`;
  expect([...read(text, numbers)!]).toEqual(JSON.parse(text));
});

test('null reads as NaN, and any other value is refused', () => {
  expect([...read('[1,null,2]', numbers)!]).toEqual([1, Number.NaN, 2]);
  expect(read('[]', numbers)).toHaveLength(0);
  expect(read('{"a":[1]}', numbers)).toBeNull();
});

test('skipped values may hold brackets, quotes and commas', () => {
  const text = String.raw`{"a":{"x":["]}","\"],\\",{"y":[1,[2]]}]},"b": 7 ,"c":"\\"}`;
  let b = 0;
  const reader = fieldsReader({
    b: (json) => {
      b = number(json);
    },
  });
  expect(read(text, reader)).toBe(true);
  expect(b).toBe(7);
});

test('fields are found in any order, and a list is walked item by item', () => {
  const seen: unknown[] = [];
  const reader = fieldsReader({ list: (json) => eachItem(json, (i) => seen.push([i, value(json)])) });
  read('\ufeff {"other": [1, 2], "list": [ "ä", {"b": null}, [] ] } ', reader);
  expect(seen).toEqual([
    [0, 'ä'],
    [1, { b: null }],
    [2, []],
  ]);
});

test.each([
  ['', /a value at byte 0, found the end of the file/],
  ['[1,2', /a comma or the end of the list at byte 4, found the end of the file/],
  ['[1,2]]', /the end of the file at byte 5, found “\]”/],
  ['[1,x]', /JSON at byte 3, found “x\]”/],
  ['[1,"2"]', /a number at byte 3, found “"2"\]”/],
  ['[1,,2]', /a value at byte 3/],
  ['[-]', /JSON at byte 1/],
  ['[1,[2]]', /a number at byte 3/],
])('%j is no list of numbers, and the error names the position', (text, problem) => {
  expect(thrownBy(() => read(text, numbers))).toMatch(problem);
});

test.each(['{"a"', '{"a":', '{"a":"', '{a:1}', '{"a" 1}', '{"a":1', '{"a":{"b":1}', '{,}'])(
  '%j is no object',
  (text) => {
    expect(thrownBy(() => read(text, fieldsReader({ a: skip })))).toMatch(/expected JSON: .* at byte \d/);
  },
);

function thrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(isFailure(error, 'profile_unreadable')).toBe(true);
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
