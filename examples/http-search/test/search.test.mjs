import assert from 'node:assert/strict';
import { test } from 'node:test';
import { products } from '../src/products.mjs';
import { search } from '../src/search.mjs';

test('a search ignores case and accents, and returns the cheapest first', () => {
  const found = search(products, 'CAFE muller');
  assert.equal(found.length, 10);
  assert.ok(found.every(({ name }) => name.includes('Müller') && /caf/i.test(name)));
  assert.ok(found.every(({ cents }, i) => i === 0 || cents >= found[i - 1].cents));
});

test('a product must contain all words of the query', () => assert.deepEqual(search(products, 'cafe samowar'), []));
