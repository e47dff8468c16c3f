import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Exported, eventsOf } from './otlp.ts';

/**
 * Receives the telemetry exports of Claude Code on this machine. `endpoint`: the address to which Claude Code exports, with a secret in
 * its path.
 */
export type Receiver = { endpoint: string; events: Exported[]; close(): Promise<void> };

const MOST_BODY_BYTES = 4 * 1024 ** 2;

/** The largest number of events that are kept. A session that lasts a day has some 10,000. */
const MOST_EVENTS = 200_000;

/** Opens a receiver of OTLP/JSON over HTTP on 127.0.0.1, at a free port. */
export async function openReceiver(): Promise<Receiver> {
  const path = `/${randomBytes(16).toString('hex')}`;
  const events: Exported[] = [];
  const server = createServer((request, response) => {
    void answer(request, path, events).then(
      (status) => end(response, status),
      () => end(response, 400),
    );
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    events,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Stores the events of one request. Returns the HTTP status of the answer. */
async function answer(request: IncomingMessage, path: string, events: Exported[]): Promise<number> {
  if (request.method !== 'POST' || !request.url?.startsWith(`${path}/v1/`)) return 404;
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return 415;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) return 413;
    chunks.push(chunk);
  }
  for (const event of eventsOf(JSON.parse(Buffer.concat(chunks).toString('utf8'))))
    if (events.length < MOST_EVENTS) events.push(event);
  return 200;
}

function end(response: ServerResponse, status: number): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end('{}');
}
