import type { ServerResponse } from 'node:http';
import { type Asked, json, type Routes } from '../receive/http.ts';
import type { Live } from './live.ts';

/** More pages than one person has open. */
const MOST_CLIENTS = 16;
/** A client that takes nothing while this much waits for it, in bytes, is dropped: it comes back and goes on where it was. */
const MOST_WAITING = 1024 ** 2;
/** More events in one message than a screen shows: of more, the newest are sent. */
const MOST_EVENTS = 200;
const HEARTBEAT_MS = 15_000;

/** How the service stands, as pages are told of it. */
export type Pace = {
  /** What measures on this machine, and keeps the page slow; null: nothing. */
  measuring: string | null;
  /** How often news are sent at most. */
  every_ms: number;
  /** How often a page asks for figures at most. */
  refresh_ms: number;
};

type Streaming = {
  live: Live;
  /** Looked at every second while a page is open. */
  pace: () => Pace;
  /** Changes when another process writes to the store, or a run of the gate goes on. */
  version: () => string;
  /** Tells this life of the service from others, so that numbers of another are not mistaken for its own: letters and digits. */
  life: string;
};

type Client = { response: ServerResponse; sent: number };

/** Looks at the pace, and for writers of other processes. */
const LOOK_MS = 1000;

/**
 * Server-sent events: `stored` (what was stored, with `Last-Event-ID`), `pace`, `gap` (something was missed: load all), `changed` (another
 * process wrote to the store). The messages of `stored` come as they are stored, at most once in `every_ms`.
 */
export function streamOf({ live, pace, version, life }: Streaming): { route: Routes[string]; close(): void } {
  const clients = new Set<Client>();
  let known = pace();
  let seen = version();
  let flushing: NodeJS.Timeout | undefined;
  let timers: NodeJS.Timeout[] = [];
  let unwatch = () => {};

  const write = (client: Client, text: string) => {
    if (client.response.writableLength > MOST_WAITING) client.response.destroy();
    else client.response.write(text);
  };
  const all = (text: string) => {
    for (const client of clients) write(client, text);
  };
  const news = (client: Client) => {
    const { events, gap } = live.after(client.sent);
    client.sent = live.last();
    const shown = events.slice(-MOST_EVENTS);
    if (gap || shown.length < events.length) write(client, message('gap', {}));
    if (shown.length > 0) write(client, `id: ${life}-${client.sent}\n${message('stored', shown)}`);
  };
  const flush = () => {
    flushing = undefined;
    for (const client of clients) news(client);
  };
  const look = () => {
    const now = pace();
    if (now.measuring !== known.measuring) all(message('pace', now));
    if (now.every_ms < known.every_ms && flushing) {
      clearTimeout(flushing);
      flush();
    }
    known = now;
    const at = version();
    if (at !== seen) all(message('changed', {}));
    seen = at;
  };
  const begin = () => {
    known = pace();
    seen = version();
    unwatch = live.watch(() => {
      flushing ??= setTimeout(flush, known.every_ms);
    });
    timers = [setInterval(look, LOOK_MS), setInterval(() => all(': alive\n\n'), HEARTBEAT_MS)];
  };
  const rest = () => {
    unwatch();
    clearTimeout(flushing);
    flushing = undefined;
    for (const timer of timers) clearInterval(timer);
  };
  const join = (response: ServerResponse, from: number | undefined) => {
    if (clients.size === 0) begin();
    const client = { response, sent: from ?? live.last() };
    clients.add(client);
    response.on('error', () => response.destroy());
    response.on('close', () => {
      if (clients.delete(client) && clients.size === 0) rest();
    });
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    // the page asks again after so many ms when the connection is lost
    response.write(`retry: 1000\nid: ${life}-${client.sent}\n${message('pace', known)}`);
    if (from === undefined) write(client, message('gap', {}));
    else news(client);
  };
  return {
    route: (asked) =>
      clients.size >= MOST_CLIENTS
        ? json(503, { error: `${MOST_CLIENTS} pages are open already. Close one.` })
        : { stream: (response) => join(response, lastSeen(asked, live, life)) },
    close() {
      for (const { response } of clients) response.end();
    },
  };
}

const message = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The number of the last event that a client has, of this life of the service; undefined: it has none. */
function lastSeen({ headers, query }: Asked, live: Live, life: string): number | undefined {
  const [of, digits] = String(headers['last-event-id'] ?? query.get('after') ?? '').split('-');
  const number = /^\d{1,15}$/.test(digits ?? '') ? Number(digits) : Number.NaN;
  return of === life && number <= live.last() ? number : undefined;
}
