import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { failure } from '../../core/errors.ts';

/** The response to a request: JSON, or text of another type. */
export type Answer = { status: number; body: string; type?: string; headers?: Readonly<Record<string, string>> };

/** A streaming response. The route writes to the connection until the route or the client closes the connection. */
type Stream = { stream: (response: ServerResponse) => void };

/** A request: the body's bytes, the headers and the query. */
export type Asked = { body: Buffer; headers: IncomingMessage['headers']; query: URLSearchParams };

type Answered = Answer | Stream;

/** The functions that handle requests, by method and path, such as `POST /v1/logs`. */
export type Routes = Readonly<Record<string, (asked: Asked) => Answered | Promise<Answered>>>;

export type Listening = { port: number; close(): Promise<void> };

/** The largest accepted body of a request in bytes, both compressed and decompressed. */
export const MOST_BYTES = 4 * 1024 ** 2;

/**
 * At most this number of bytes are read from a body of unknown length. The limit is above `MOST_BYTES`, because some senders read the
 * error only after they have sent the whole body.
 */
const MOST_READ = 4 * MOST_BYTES;

/** At most this number of connections can be open. All clients of one user together open fewer connections. */
const MOST_CONNECTIONS = 128;

/**
 * Time limits in ms, so that a slow request cannot keep its connection open. The time limits are checked every 5 s, because Node by default
 * checks only every 30 s.
 */
const SLOWEST = { headersTimeout: 5000, requestTimeout: 15_000, connectionsCheckingInterval: 5000 };

export const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) });

/**
 * Listens on 127.0.0.1 and passes each request to its route. Requests from pages of other sites are rejected because of their headers
 * `Host`, `Origin` or `Sec-Fetch-Site`. If `port` is 0, any free port is used. `note` receives descriptions of failed connections. @throws
 * monitor_port_taken, monitor_port_refused
 */
export async function listen(port: number, routes: Routes, note: (text: string) => void): Promise<Listening> {
  const server = createServer(SLOWEST, (request, response) => {
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
  // without a listener for errors, one failed connection (too many open files) would end the service
  server.on('error', (error) => note(`A connection failed: ${error.message}.`));
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1000).unref();
    });
  return { port: portOf(server), close };
}

const portOf = (server: Server) => (server.address() as { port: number }).port;

async function answered(request: IncomingMessage, routes: Routes, port: number): Promise<Answered> {
  const { method = '', headers } = request;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  if (!isOurs(headers, port))
    return json(403, { error: 'The monitor accepts requests only from programs on this machine.' });
  const route = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  const others = Object.keys(routes).filter((key) => key.endsWith(` ${path}`));
  if (!route && others.length > 0) return json(405, { error: `Use ${others.map((key) => key.split(' ')[0]).join()}.` });
  if (!route) return json(404, { error: `This path does not exist.`, paths: Object.keys(routes) });
  try {
    const body = await bodyOf(request);
    return body
      ? await route({ body, headers, query: new URLSearchParams(query) })
      : json(413, { error: `The body is too large: at most ${MOST_BYTES} bytes are accepted.` });
  } catch (error) {
    return json(500, { error: (error as Error).message });
  }
}

/**
 * Whether a request comes from a program of this machine or from the monitor's page. Only browsers send `Sec-Fetch-Site`; its value is
 * `none` if the user typed the address.
 */
function isOurs({ host = '', origin, ...headers }: IncomingMessage['headers'], port: number): boolean {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  const site = headers['sec-fetch-site'] ?? 'none';
  return (
    names.includes(host) &&
    (origin === undefined || names.some((name) => origin === `http://${name}`)) &&
    (site === 'none' || site === 'same-origin')
  );
}

/** The whole body of a request; undefined if the body is too long. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // If this loop ends early, it must not close the connection, because the response has not been sent yet.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_READ) return undefined;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return size > MOST_BYTES ? undefined : Buffer.concat(chunks);
}

function send(response: ServerResponse, answer: Answered): void {
  if ('stream' in answer) {
    answer.stream(response);
    return;
  }
  const { status, body, type = 'application/json', headers } = answer;
  response.writeHead(status, {
    ...headers,
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // If a body is too large, the connection is closed, so that the server need not read the rest of the body.
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}
