import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listening, listen } from '../../src/monitor/receive/http.ts';
import { otlpRoutes } from '../../src/monitor/receive/otlp-routes.ts';
import type { Database } from '../../src/monitor/store/driver.ts';
import { openStore } from '../../src/monitor/store/open.ts';
import { writerOf } from '../../src/monitor/store/write.ts';
import { logs, metric, record, sentNow, session, spans } from '../monitor/otlp/bodies.ts';
import { disturbed, edits, howOften, timeout, withEdits } from './fuzz.ts';

/** The receiver as the service has it, with a real store behind it; what it noted, and whether all of it is still well. */
let server: Listening;
let db: Database;
const notes: string[] = [];

beforeAll(async () => {
  db = await openStore(join(mkdtempSync(join(tmpdir(), 'perf-gate-fuzz-')), 'monitor.db'));
  const writer = writerOf(db, { compress: true });
  const received = { requests: 0, events: 0, rejected: 0, ignored: 0, refused: 0 };
  const keep = async (events: Parameters<typeof writer.add>[0]) => void writer.add(events, 0);
  server = await listen(0, otlpRoutes({ level: 'detailed', now: Date.now, keep, received }), (text) =>
    notes.push(text),
  );
});
afterAll(async () => {
  await server.close();
  db.close();
  rmSync(dirname(db.file), { recursive: true });
});

type Sent = { path: string; body: Buffer; headers?: Record<string, string>; chunked?: boolean };

const send = ({ path, body, headers = {}, chunked = false }: Sent): Promise<{ status: number; text: string }> =>
  new Promise((done, fail) => {
    const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) };
    const all = { 'content-type': 'application/json', ...length, ...headers };
    const sent = request({ host: '127.0.0.1', port: server.port, path, method: 'POST', headers: all }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => done({ status: answer.statusCode!, text }));
    });
    sent.on('error', fail);
    sent.end(body);
  });

/** A refusal or a good answer: never an accident, nor anything of the program's inside. */
function expectCalm({ status, text }: { status: number; text: string }): void {
  expect([200, 400, 413, 415]).toContain(status);
  expect(text).not.toMatch(/\n\s+at |node:|\.ts:|SQLITE/);
  expect(() => JSON.parse(text)).not.toThrow();
}

async function expectGoodOneTaken(): Promise<void> {
  const before = Number(db.get('SELECT count(*) AS n FROM event')!.n);
  const good = { path: '/v1/logs', body: Buffer.from(JSON.stringify(sentNow(logs(record('compaction', {}))))) };
  expect(await send(good)).toEqual({ status: 200, text: '{}' });
  expect(Number(db.get('SELECT count(*) AS n FROM event')!.n)).toBe(before + 1);
  expect(notes).toEqual([]);
}

const bodies = {
  '/v1/logs': session(),
  '/v1/metrics': metric('active_time.total', 1, 7, { type: 'user' }),
  '/v1/traces': spans({ name: 'interaction' }, { name: 'tool.blocked_on_user', of: { tool_name: 'Bash' } }),
};
const paths = Object.keys(bodies) as (keyof typeof bodies)[];

const deep = fc.nat({ max: 20_000 }).map((n) => `${'['.repeat(n)}${']'.repeat(n)}`);
const odd = fc.constantFrom<unknown>(
  ...[1e308, -1e308, 1e-320, -0, 2 ** 53, '1e999', 'NaN', '-1', '0x10', '9'.repeat(400), '\u0000', '\ud800', {}, []],
  ...[
    null,
    true,
    '',
    '__proto__',
    { toString: 1 },
    { toJSON: 1 },
    { __proto__: null, constructor: 1 },
    'x'.repeat(5000),
  ],
);
const names = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'event.name',
  'session.id',
  'duration_ms',
  'tool_name',
);
const single = fc.record({
  key: fc.oneof(names, odd),
  value: fc.oneof(
    odd,
    fc.dictionary(fc.constantFrom('stringValue', 'intValue', 'doubleValue', 'boolValue', 'arrayValue'), odd),
  ),
});
/** A record that says what it likes in the right places. */
const made = fc
  .record({
    timeUnixNano: fc.oneof(odd, fc.constant('1772625600000000000')),
    body: odd,
    attributes: fc.oneof(odd, fc.array(single, { maxLength: 8 })),
  })
  .map((one) =>
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [one, ...record('tool_result', {}).attributes] }] }] }),
  );

const texts = (path: keyof typeof bodies): fc.Arbitrary<Buffer> =>
  fc.oneof(
    disturbed(bodies[path]).map((data) => Buffer.from(JSON.stringify(data))),
    edits.map((changes) => withEdits(JSON.stringify(bodies[path]), changes)),
    fc.nat({ max: 3000 }).map((n) => Buffer.from(JSON.stringify(bodies[path])).subarray(0, n)),
    made.map((text) => Buffer.from(text)),
    deep.map((text) => Buffer.from(`{"resourceLogs":${text}}`)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
const packings = fc.constantFrom('identity', 'gzip', 'torn', 'br', 'said');
const types = fc.constantFrom(
  'application/json',
  'application/json; charset=latin1',
  'application/x-protobuf',
  'text/plain',
  '',
);

it('accepts or refuses any body, with a reason, and accepts the next good body', { timeout }, async () => {
  const sent = fc
    .constantFrom(...paths)
    .chain((path) =>
      fc.record({ path: fc.constant(path), body: texts(path), packing: packings, type: types, chunked: fc.boolean() }),
    );
  await fc.assert(
    fc.asyncProperty(sent, async ({ path, body, packing, type, chunked }) => {
      const zipped = gzipSync(body);
      const as = { identity: body, gzip: zipped, torn: zipped.subarray(0, zipped.length >> 1), br: body, said: body };
      const encoding = { identity: 'identity', gzip: 'gzip', torn: 'gzip', br: 'br', said: 'gzip' }[packing];
      const headers = { 'content-type': type, 'content-encoding': encoding };
      expectCalm(await send({ path, body: as[packing], headers, chunked }));
    }),
    howOften(400),
  );
  await expectGoodOneTaken();
});

it('a small body that unpacks to gigabytes costs no memory', async () => {
  const bomb = gzipSync(Buffer.alloc(256 * 1024 ** 2));
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 20; i++)
    expect((await send({ path: '/v1/logs', body: bomb, headers: { 'content-encoding': 'gzip' } })).status).toBe(413);
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2);
  await expectGoodOneTaken();
});

it('answers or drops malformed HTTP: odd headers, several requests at once, half a request', {
  timeout,
}, async () => {
  const host = () => `Host: 127.0.0.1:${server.port}\r\n`;
  const line = fc.constantFrom(
    'POST /v1/logs HTTP/1.1\r\n',
    'GET /metrics HTTP/1.1\r\n',
    'POST /%00 HTTP/1.1\r\n',
    'X\r\n',
    '\u0000',
  );
  const header = fc.constantFrom(
    ...['Content-Length: -1', 'Content-Length: 5', 'Content-Length: 9007199254740993', 'Transfer-Encoding: chunked'],
    ...[
      'Transfer-Encoding: chunked, gzip',
      'Content-Type: application/json',
      `X: ${'a'.repeat(20_000)}`,
      'Expect: 100-continue',
    ],
    ...['Upgrade: websocket\r\nConnection: upgrade', ': no name', 'Host: evil.example', 'Sec-Fetch-Site: none'],
  );
  const piece = fc.constantFrom('{}', '5\r\n{"a":\r\n0\r\n\r\n', '\r\n\r\n', 'ffffffffff\r\n', '0\r\n\r\n');
  const one = fc.tuple(line, fc.boolean(), fc.array(header, { maxLength: 4 }), piece);
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 4 }), fc.boolean(), async (all, ends) => {
      const raw = all.map(
        ([first, named, headers, body]) =>
          `${first}${named ? host() : ''}${headers.map((text) => `${text}\r\n`).join('')}\r\n${body}`,
      );
      const heard = await spoken(raw.join(''), ends);
      expect(heard).not.toMatch(/^HTTP\/1.1 5(?!01)|\n\s+at |node:/m);
    }),
    howOften(60, 0.2),
  );
  await expectGoodOneTaken();
});

/** What comes back to some bytes; a connection that is left open is cut after a moment. */
const spoken = (text: string, ends: boolean): Promise<string> =>
  new Promise((done) => {
    let heard = '';
    const socket = connect(server.port, '127.0.0.1', () => {
      if (ends) socket.end(text, 'latin1');
      else socket.write(text, 'latin1');
      setTimeout(() => socket.destroy(), 30);
    });
    socket.setEncoding('latin1').on('data', (chunk: string) => (heard += chunk));
    socket.on('error', () => {}).on('close', () => done(heard));
  });
