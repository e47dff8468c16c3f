import { crossTable, totalsBy } from './summary.mjs';
import { money, table } from './text.mjs';
import { rollingPercentiles } from './trend.mjs';

const RANKS = [5, 25, 50, 75, 90, 95];
const WINDOW = 28;
const DAYS = 365;

/** The whole report as text. */
export function salesReport(sales, products) {
  const regions = totalsBy(sales, (sale) => sale.customer.region);
  const names = regions.map((region) => region.name);
  const cross = crossTable(sales, names, products);
  const best = totalsBy(sales, (sale) => sale.customer.id).slice(0, 10);
  const trend = rollingPercentiles(sales, { days: DAYS, window: WINDOW, ranks: RANKS });

  return [
    section('Revenue by region', totals('region', regions)),
    section(
      'Revenue by product and region',
      table(
        ['product', ...names],
        products.map((product, i) => [product.name, ...cross.map((row) => money(row[i]))]),
      ),
    ),
    section('Best customers', totals('customer', best)),
    section(
      `Order value, last ${WINDOW} days`,
      table(
        ['day', ...RANKS.map((rank) => `p${rank}`)],
        trend.map(({ day, values }) => [day, ...values.map(money)]),
      ),
    ),
  ].join('\n');
}

function totals(what, rows) {
  return table(
    [what, 'orders', 'revenue'],
    rows.map((row) => [row.name, row.orders, money(row.cents)]),
  );
}

function section(title, body) {
  return `${title}\n${'='.repeat(title.length)}\n${body}`;
}
