import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Got = { headers: IncomingHttpHeaders; body: string };

/** A real server that answers each request by `answer`, and the requests that it received. */
export async function server(answer: (response: ServerResponse, number: number) => void) {
  const got: Got[] = [];
  const listening = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push({ headers: request.headers, body });
    answer(response, got.length);
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return { url: `http://127.0.0.1:${port}/hook?token=secret`, got };
}

/** An address at which no server listens any more. */
export async function nobodyAt(): Promise<string> {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  return `http://127.0.0.1:${port}/`;
}

export const status = (code: number) => (response: ServerResponse) => void response.writeHead(code).end('x');
