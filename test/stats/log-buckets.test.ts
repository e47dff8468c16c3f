import { expect, it } from 'vitest';
import {
  addTo,
  type Buckets,
  bucketOf,
  decode,
  encode,
  merge,
  quantilesIn,
  quantilesOf,
} from '../../src/stats/log-buckets.ts';
import { seededRandom } from '../../src/stats/rng.ts';

const quantileOf = (buckets: Buckets, share: number) => quantilesOf(buckets, [share])[0]!;

const random = seededRandom('log buckets');

/** Times over nine orders of magnitude, as those of hooks and of sessions are. */
const values = Array.from({ length: 5000 }, () => 10 ** (random() * 9 - 3));

function counted(of: readonly number[]): Buckets {
  const buckets: Buckets = new Map();
  for (const value of of) addTo(buckets, bucketOf(value));
  return buckets;
}

it('every percentile is within 1 % of that of the values themselves', () => {
  const buckets = counted(values);
  const sorted = [...values].sort((a, b) => a - b);
  for (const q of [0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1]) {
    const exact = sorted[Math.floor(q * (sorted.length - 1))]!;
    expect(Math.abs(quantileOf(buckets, q) / exact - 1)).toBeLessThan(0.01);
  }
});

it('the counts of two periods add up, in any order', () => {
  const [first, second] = [counted(values.slice(0, 1234)), counted(values.slice(1234))];
  const both = new Map(second);
  merge(both, first);
  merge(first, second);
  expect(new Map([...first].sort())).toEqual(new Map([...both].sort()));
  expect(quantileOf(first, 0.95)).toBe(quantileOf(counted(values), 0.95));
});

it('encoded bytes hold the same counts, also large ones, and no counts for empty buckets', () => {
  const buckets = counted([...values, 0, -1, 1e12]);
  addTo(buckets, bucketOf(5), 10_000_000_000);
  expect(new Map([...decode(encode(buckets))].sort())).toEqual(new Map([...buckets].sort()));
  expect(quantilesIn(encode(buckets), [0, 0.5, 0.95, 1])).toEqual(quantilesOf(buckets, [0, 0.5, 0.95, 1]));
  expect(decode(encode(new Map())).size).toBe(0);
  expect(quantileOf(new Map(), 0.5)).toBeNaN();
});

it('zero and negative values count as 0', () => {
  expect(quantileOf(counted([0, -3, 0]), 1)).toBe(0);
});
