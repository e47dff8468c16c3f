import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentile, percentiles } from '../src/percentile.mjs';

test('the median of an odd number of values is the middle one', () => {
  assert.equal(percentile([5, 1, 3], 50), 3);
});

test('between two values it interpolates', () => {
  assert.equal(percentile([10, 20], 25), 12.5);
});

test('no values give 0', () => {
  assert.equal(percentile([], 95), 0);
});

test('the values are left in their order', () => {
  const values = [3, 1, 2];
  percentile(values, 50);
  assert.deepEqual(values, [3, 1, 2]);
});

test('several ranks are answered in the order asked for', () => {
  assert.deepEqual(percentiles([4, 2, 3, 5, 1], [50, 0]), [3, 1]);
});
