import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { listen, MOST_BYTES } from '../../../src/monitor/receive/http.ts';
import { otlpRoutes } from '../../../src/monitor/receive/otlp-routes.ts';
import { noon } from '../events.ts';
import { metric, session } from '../otlp/bodies.ts';

type Sent = { path?: string; method?: string; body?: string | Buffer; headers?: Record<string, string> };

/** A receiver on a free port, the events that it stored, and a function that sends to it. */
async function receiver(
  kept: MonitorEvent[] = [],
  keep = async (events: readonly MonitorEvent[]) => void kept.push(...events),
) {
  const received = { requests: 0, events: 0, rejected: 0, ignored: 0, refused: 0 };
  const server = await listen(0, otlpRoutes({ level: 'standard', now: () => noon, keep, received }), () => {});
  onTestFinished(() => server.close());
  const send = ({ path = '/v1/logs', method = 'POST', body = '{}', headers = {} }: Sent) =>
    new Promise<{ status: number; text: string }>((done, fail) => {
      const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers };
      const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers: all }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => done({ status: answer.statusCode!, text }));
      });
      sent.on('error', fail);
      sent.end(body);
    });
  return { port: server.port, kept, received, send };
}

it('accepts logs, metrics and traces, also compressed, and reports unreadable records', async () => {
  const { kept, received, send } = await receiver();
  const body = JSON.stringify(session());
  expect(await send({ body })).toEqual({ status: 200, text: '{}' });
  const packed = { body: gzipSync(body), headers: { 'content-encoding': 'gzip' } };
  expect((await send(packed)).status).toBe(200);
  expect(kept).toHaveLength(12);
  const totals = await send({ path: '/v1/metrics', body: JSON.stringify(metric('x', 3, 1)) });
  expect(JSON.parse(totals.text)).toMatchObject({ partialSuccess: { rejectedDataPoints: 1 } });
  expect((await send({ path: '/v1/traces' })).status).toBe(200);
  expect(received).toMatchObject({ requests: 4, events: 12, rejected: 1, refused: 0 });
});

it('if the store cannot be written, the client is asked to send again', async () => {
  let isFull = true;
  const kept: MonitorEvent[] = [];
  const { received, send, port } = await receiver(kept, async (events) => {
    if (isFull) throw new Error('database or disk is full');
    kept.push(...events);
  });
  const body = JSON.stringify(session());
  const headers = { 'content-type': 'application/json' };
  const refused = await fetch(`http://127.0.0.1:${port}/v1/logs`, { method: 'POST', headers, body });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toEqual({ error: 'database or disk is full' });
  expect(received.events).toBe(0);
  isFull = false;
  expect(await send({ body })).toEqual({ status: 200, text: '{}' });
  expect(kept).toHaveLength(received.events);
});

it('a cumulative value that could not be stored counts when it is sent again', async () => {
  let isFull = false;
  const kept: MonitorEvent[] = [];
  const { send } = await receiver(kept, async (events) => {
    if (isFull) throw new Error('database or disk is full');
    kept.push(...events);
  });
  const total = async (value: number) =>
    (await send({ path: '/v1/metrics', body: JSON.stringify(metric('active_time.total', 2, value)) })).status;
  expect(await total(10)).toBe(200);
  isFull = true;
  expect([await total(15), await total(18)]).toEqual([503, 503]);
  isFull = false;
  expect([await total(18), await total(20)]).toEqual([200, 200]);
  expect(kept.map(({ attributes }) => attributes.value)).toEqual([8, 2]);
});

it('refuses invalid JSON, other formats and too large bodies, each with a reason, and continues', async () => {
  const { received, send } = await receiver();
  const protobuf = await send({ headers: { 'content-type': 'application/x-protobuf' } });
  expect([protobuf.status, protobuf.text]).toEqual([
    415,
    expect.stringContaining('OTEL_EXPORTER_OTLP_PROTOCOL=http/json'),
  ]);
  expect((await send({ body: '{"resourceLogs":[' })).status).toBe(400);
  expect((await send({ body: '3' })).status).toBe(400);
  expect((await send({ headers: { 'content-encoding': 'br' } })).status).toBe(415);
  expect((await send({ headers: { 'content-length': String(MOST_BYTES + 1) }, body: '' })).status).toBe(413);
  const bomb = gzipSync(Buffer.alloc(3 * MOST_BYTES, 0x20));
  expect((await send({ body: bomb, headers: { 'content-encoding': 'gzip' } })).status).toBe(413);
  expect((await send({ path: '/v1/nothing' })).status).toBe(404);
  expect((await send({ path: '/toString' })).status).toBe(404);
  expect((await send({ method: 'GET', body: '' })).status).toBe(405);
  expect((await send({})).status).toBe(200);
  expect(received.events).toBe(0);
});

it('reports that a body of unknown length is too large', async () => {
  const { port } = await receiver();
  const long = new Blob([new Uint8Array(1.5 * MOST_BYTES)]).stream();
  const headers = { 'content-type': 'application/json' };
  const sent = { method: 'POST', body: long, headers, duplex: 'half' } as RequestInit;
  expect((await fetch(`http://127.0.0.1:${port}/v1/logs`, sent)).status).toBe(413);
});

it('rejects requests of other web pages, by a foreign host name or from another site', async () => {
  const { port, send } = await receiver();
  expect((await send({ headers: { host: 'evil.example' } })).status).toBe(403);
  expect((await send({ headers: { host: `evil.example:${port}` } })).status).toBe(403);
  expect((await send({ headers: { origin: 'https://evil.example' } })).status).toBe(403);
  expect((await send({ headers: { origin: 'null' } })).status).toBe(403);
  expect((await send({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  expect((await send({ headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(403);
  expect((await send({ headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
  expect((await send({ headers: { host: `localhost:${port}` } })).status).toBe(200);
});

it('the error for a taken port suggests another port', async () => {
  const { port } = await receiver();
  await expect(listen(port, {}, () => {})).rejects.toMatchObject({
    code: 'monitor_port_taken',
    exitCode: 3,
    hint: expect.stringContaining(`--otlp ${port + 1}`),
  });
});
