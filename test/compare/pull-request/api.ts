import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Comment = { id: number; body: string; user: { type: string } };
type Asked = { method: string; path: string; token: string | undefined; body: Record<string, unknown> };

/** A server that keeps comments and checks of pull requests as GitHub's API does; `pulls` by number. */
export async function apiServer(pulls: Record<number, object>, comments: Comment[] = []) {
  const asked: Asked[] = [];
  const checks: Record<string, unknown>[] = [];
  const answers: [RegExp, (given: { last: string; query: string; body: Record<string, unknown> }) => unknown][] = [
    [/^GET .*\/pulls\/(\d+)$/, ({ last }) => pulls[Number(last)]],
    [
      /^GET .*\/issues\/(\d+)\/comments$/,
      ({ query }) => {
        const page = Number(new URLSearchParams(query).get('page'));
        return comments.slice(100 * (page - 1), 100 * page);
      },
    ],
    [
      /^POST .*\/issues\/(\d+)\/comments$/,
      ({ body }) => {
        comments.push({ id: 900 + comments.length, body: String(body.body), user: { type: 'Bot' } });
        return comments.at(-1);
      },
    ],
    [
      /^PATCH .*\/issues\/comments\/(\d+)$/,
      ({ last, body }) => Object.assign(comments.find(({ id }) => id === Number(last))!, body),
    ],
    [/^POST .*\/check-(runs)$/, ({ body }) => checks.push(body)],
  ];
  const server = createServer((request, response) => {
    let text = '';
    request
      .on('data', (part) => (text += part))
      .on('end', () => {
        const [path = '', query = ''] = request.url!.split('?');
        const body = text === '' ? {} : JSON.parse(text);
        asked.push({ method: request.method!, path, token: request.headers.authorization, body });
        const [form, answer] = answers.find(([form]) => form.test(`${request.method} ${path}`)) ?? [];
        const found = form && answer!({ last: form.exec(`${request.method} ${path}`)![1]!, query, body });
        response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(found ?? { message: 'Not Found' }));
      });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, comments, checks };
}
