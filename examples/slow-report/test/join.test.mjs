import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinOrders } from '../src/join.mjs';

const ada = { id: 'C1', name: 'Ada', region: 'north' };
const tea = { sku: 'TEA', name: 'Tea', cents: '250' };
const order = (customer, sku) => ({ number: '1', day: '12', customer, sku, quantity: '3' });

test('an order gets its customer, its product and its value', () => {
  assert.deepEqual(joinOrders([order('C1', 'TEA')], [ada], [tea]), [
    { day: 12, customer: ada, product: tea, cents: 750 },
  ]);
});

test('orders of unknown customers and products are left out', () => {
  assert.deepEqual(joinOrders([order('C2', 'TEA'), order('C1', 'MUG')], [ada], [tea]), []);
});
