import { createServer } from 'node:http';
import { products } from './src/products.mjs';
import { search } from './src/search.mjs';

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/health') return response.end('ok');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(search(products, url.searchParams.get('q') ?? '')));
});
// Fewer connections at a time, so that each has the processor to itself.
server.maxConnections = 2;
server.listen(Number(process.env.PORT ?? 8391), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
