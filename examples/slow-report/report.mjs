import { readFileSync } from 'node:fs';
import { parseCsv } from './src/csv.mjs';
import { yearOfSales } from './src/dataset.mjs';
import { joinOrders } from './src/join.mjs';
import { salesReport } from './src/report.mjs';
import { checksum } from './src/text.mjs';

const products = parseCsv(readFileSync(new URL('data/products.csv', import.meta.url), 'utf8'));
const exported = yearOfSales({ products, customerCount: 6_000, orderCount: 26_000, seed: 2024 });

const sales = joinOrders(parseCsv(exported.orders), parseCsv(exported.customers), products);
const text = salesReport(sales, products);

process.stdout.write(`${text}\n`);
process.stdout.write(`${JSON.stringify({ rows: sales.length, checksum: checksum(text) })}\n`);
