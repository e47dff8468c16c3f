import { createServer } from 'node:http';
import { products } from './src/products.mjs';
import { search } from './src/search.mjs';

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/health') return response.end('ok');
  response.setHeader('content-type', 'application/json');
  const body = JSON.stringify(search(products, url.searchParams.get('q') ?? ''));
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
});
server.listen(Number(process.env.PORT ?? 8391), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
