import * as z from 'zod/mini';
import type { Received } from '../receive/otlp-routes.ts';

const health = z.object({
  pid: z.number(),
  received: z.object({
    requests: z.number(),
    events: z.number(),
    rejected: z.number(),
    ignored: z.number(),
    refused: z.number(),
  }),
});

/** The time limit of the request in ms. A service on the same machine normally answers at once. */
const MOST_MS = 2000;

/** The counts of requests and events that a running service reports. Null if the service does not answer, or if another program answers. */
export async function receivedBy(pid: number, port: number): Promise<Received | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(MOST_MS) });
    const said = health.parse(await answer.json());
    return said.pid === pid ? said.received : null;
  } catch {
    return null;
  }
}
