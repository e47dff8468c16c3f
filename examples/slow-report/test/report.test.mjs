import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from '../src/csv.mjs';
import { yearOfSales } from '../src/dataset.mjs';
import { joinOrders } from '../src/join.mjs';
import { salesReport } from '../src/report.mjs';
import { crossTable, totalsBy } from '../src/summary.mjs';
import { checksum, money } from '../src/text.mjs';
import { rollingPercentiles } from '../src/trend.mjs';

const products = parseCsv('sku,name,cents\nA,Apple,100\nB,Bread,350');
const year = yearOfSales({ products, customerCount: 20, orderCount: 400, seed: 7 });
const sales = joinOrders(parseCsv(year.orders), parseCsv(year.customers), products);

test('the same seed gives the same report', () => {
  const again = yearOfSales({ products, customerCount: 20, orderCount: 400, seed: 7 });
  assert.equal(again.orders, year.orders);
  assert.equal(checksum(salesReport(sales, products)), checksum(salesReport(sales, products)));
});

test('the totals by region and the cross table agree', () => {
  const regions = totalsBy(sales, (sale) => sale.customer.region);
  const cross = crossTable(
    sales,
    regions.map((region) => region.name),
    products,
  );
  assert.deepEqual(
    cross.map((row) => row[0] + row[1]),
    regions.map((region) => region.cents),
  );
});

test('a rolling window looks back as many days as it says', () => {
  const sale = (day, cents) => ({ day, cents });
  const trend = rollingPercentiles([sale(1, 5), sale(2, 20), sale(3, 10)], { days: 3, window: 2, ranks: [0] });
  assert.deepEqual(trend, [
    { day: 2, values: [5] },
    { day: 3, values: [10] },
  ]);
});

test('money is grouped by thousands', () => {
  assert.equal(money(123456789), '1 234 567.89');
  assert.equal(money(5), '0.05');
});
