import { seeded } from './random.mjs';

const REGIONS = ['north', 'east', 'south', 'west'];
const FIRST = ['Ada', 'Ben', 'Cleo', 'Dana', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'June', 'Kai', 'Lena'];
const LAST = ['Abel', 'Brandt', 'Costa', 'Duval', 'Ekman', 'Fiore', 'Grant', 'Horn', 'Ito', 'Jansen', 'Keller'];

/** Stands in for the two exports of the shop system: `customers` and `orders` as CSV text, for one year. */
export function yearOfSales({ products, customerCount, orderCount, seed }) {
  const random = seeded(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];

  const customers = ['id,name,region'];
  for (let i = 0; i < customerCount; i++) {
    customers.push(`C${10000 + i * 7},${pick(FIRST)} ${pick(LAST)},${pick(REGIONS)}`);
  }

  const orders = ['number,day,customer,sku,quantity'];
  for (let i = 0; i < orderCount; i++) {
    const day = 1 + Math.floor((i * 365) / orderCount);
    const customer = `C${10000 + Math.floor(random() * customerCount) * 7}`;
    orders.push(`${i + 1},${day},${customer},${pick(products).sku},${1 + Math.floor(random() ** 3 * 9)}`);
  }
  return { customers: customers.join('\n'), orders: orders.join('\n') };
}
