// Generates the log of one day of a web server: the same 150 000 lines on every machine.
import { closeSync, openSync, writeSync } from 'node:fs';

const paths = ['/', '/products', '/products/tea', '/cart', '/checkout', '/login', '/api/stock', '/robots.txt'];
const file = openSync('access.log', 'w');
for (let block = 0; block < 150; block++) {
  let text = '';
  for (let i = 0; i < 1000; i++) {
    const n = block * 1000 + i;
    const time = new Date(Date.UTC(2024, 0, 1) + n * 432).toISOString();
    text += `10.0.${n % 31}.${n % 251} ${time} GET ${paths[(n ^ (n >> 3)) % paths.length]} 200 ${500 + ((n * 7919) % 9001)}\n`;
  }
  writeSync(file, text);
}
closeSync(file);
