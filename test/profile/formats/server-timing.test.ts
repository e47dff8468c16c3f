import { expect, it } from 'vitest';
import { ranked } from './ranked.ts';

it('reads Server-Timing headers from curl’s output, including quotes', async () => {
  const { shares, format } = await ranked(
    'headers.txt',
    'HTTP/1.1 200 OK\r\nServer-Timing: db;dur=53.5;desc="a, b; dur=9", app;dur="46.5", cache\r\n\r\n<p>body</p>\n',
  );
  expect(format).toBe('server-timing');
  expect(shares).toEqual([
    ['db', 54, 54],
    ['app', 47, 47],
  ]);
});

it('adds up several responses, and reads `total` as the whole of each', async () => {
  const responses = [
    'HTTP/2 200 \r\nserver-timing: total;dur=100, db;dur=60\r\nserver-timing: app;dur=30\r\n\r\n{}\n',
    'HTTP/2 200 \r\nserver-timing: total;dur=50, db;dur=20\r\n\r\n{}\n',
  ];
  const { shares, total } = await ranked('headers.txt', responses.join(''));
  expect(total).toBe(150);
  expect(shares).toEqual([
    ['db', 53, 53],
    ['total', 27, 100],
    ['app', 20, 20],
  ]);
});

it('reads what curl -v prints as well', async () => {
  const { shares } = await ranked('headers.txt', '> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n< Server-Timing: db;dur=5\n');
  expect(shares).toEqual([['db', 100, 100]]);
});

it('refuses headers without a duration', async () => {
  const read = ranked('headers.txt', 'HTTP/1.1 200 OK\r\nServer-Timing: cache, miss;dur=abc\r\n\r\n');
  await expect(read).rejects.toMatchObject({ code: 'profile_unreadable' });
});
