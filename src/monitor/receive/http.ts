import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { failure } from '../../core/errors.ts';

/** An answer: JSON, or a text of another type. */
export type Answer = { status: number; body: string; type?: string };

/** What a route gets: the body's bytes, and the headers. */
export type Asked = { body: Buffer; headers: IncomingMessage['headers'] };

/** What is answered, by method and path, such as `POST /v1/logs`. */
export type Routes = Readonly<Record<string, (asked: Asked) => Answer | Promise<Answer>>>;

export type Listening = { port: number; close(): Promise<void> };

/** The longest body, before and after it is unpacked. */
export const MOST_BYTES = 4 * 1024 ** 2;

/** More connections than all clients of one person open. */
const MOST_CONNECTIONS = 128;

export const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) });

/**
 * Listens on 127.0.0.1 and answers by the routes. A browser's page cannot get in: neither by another name of this machine (`Host`), nor
 * from another site (`Origin`). `port` 0: any free one.
 * @throws monitor_port_taken, monitor_port_refused
 */
export async function listen(port: number, routes: Routes): Promise<Listening> {
  const server = createServer({ headersTimeout: 5000, requestTimeout: 15_000 }, (request, response) => {
    void answered(request, routes, portOf(server)).then((answer) => send(response, answer));
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? failure('monitor_port_taken', { port })
          : failure('monitor_port_refused', { port, reason: error.message }),
      ),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, done);
  });
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1000).unref();
    });
  return { port: portOf(server), close };
}

const portOf = (server: Server) => (server.address() as { port: number }).port;

async function answered(request: IncomingMessage, routes: Routes, port: number): Promise<Answer> {
  const { method = '', headers } = request;
  const path = (request.url ?? '').split('?')[0]!;
  if (!isOurs(headers, port)) return json(403, { error: 'The monitor answers programs of this machine only.' });
  const route = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  const others = Object.keys(routes).filter((key) => key.endsWith(` ${path}`));
  if (!route && others.length > 0) return json(405, { error: `Use ${others.map((key) => key.split(' ')[0]).join()}.` });
  if (!route) return json(404, { error: `There is nothing at this path.`, paths: Object.keys(routes) });
  try {
    const body = await bodyOf(request);
    return body ? await route({ body, headers }) : json(413, { error: `A body has at most ${MOST_BYTES} bytes.` });
  } catch (error) {
    return json(500, { error: (error as Error).message });
  }
}

function isOurs({ host = '', origin }: IncomingMessage['headers'], port: number): boolean {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  return names.includes(host) && (origin === undefined || names.some((name) => origin === `http://${name}`));
}

/** The whole body; undefined if it is too long: the rest is then not read. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body, type = 'application/json' }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // what is left of a body that is too long is not waited for
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}
