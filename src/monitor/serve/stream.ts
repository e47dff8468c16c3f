import type { ServerResponse } from 'node:http';
import { type Asked, json, type Routes } from '../receive/http.ts';
import type { Live } from './live.ts';

/** The highest number of open pages. */
const MOST_CLIENTS = 16;
/**
 * The highest number of unsent bytes to one page. A page with more unsent bytes is disconnected; the page then connects again and catches
 * up.
 */
const MOST_WAITING = 1024 ** 2;
/**
 * The highest number of events in one message, which is more than a screen shows. If more events are new, only the newest events are sent.
 */
const MOST_EVENTS = 200;
const HEARTBEAT_MS = 15_000;

/** The state of the service that is sent to pages. */
export type Pace = {
  /** The measurement that runs on this machine. It makes updates slower. Null if no measurement runs. */
  measuring: string | null;
  /** The least interval between messages with events, in ms. */
  every_ms: number;
  /** The least interval between requests of a page for data, in ms. */
  refresh_ms: number;
};

type Streaming = {
  live: Live;
  /** Returns the present state of the service; called every second while a page is open. */
  pace: () => Pace;
  /** Returns a text that changes when another process writes to the store or a run of perf-gate advances. */
  version: () => string;
  /**
   * Letters and digits that identify this start of the service, so that event numbers from an earlier start are not mistaken for numbers
   * from this start.
   */
  life: string;
};

type Client = { response: ServerResponse; sent: number };

/** Interval in ms at which the stream checks for a changed pace and for writes of other processes. */
const LOOK_MS = 1000;

/**
 * The route that sends server-sent events to pages. `stored` contains the new events, with `Last-Event-ID`; it is sent when events are
 * stored, at most once in `every_ms`. `pace` contains the state of the service. `gap` means that events were missed, so the page must
 * reload all data. `changed` means that another process wrote to the store.
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
    // `retry`: the time in ms after which the browser connects again
    response.write(`retry: 1000\nid: ${life}-${client.sent}\n${message('pace', known)}`);
    if (from === undefined) write(client, message('gap', {}));
    else news(client);
  };
  return {
    route: (asked) =>
      clients.size >= MOST_CLIENTS
        ? json(503, { error: `${MOST_CLIENTS} pages are already open. Close one.` })
        : { stream: (response) => join(response, lastSeen(asked, live, life)) },
    close() {
      for (const { response } of clients) response.end();
    },
  };
}

const message = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The number of the last event that a page received since this start of the service; undefined if the page received no event. */
function lastSeen({ headers, query }: Asked, live: Live, life: string): number | undefined {
  const [of, digits] = String(headers['last-event-id'] ?? query.get('after') ?? '').split('-');
  const number = /^\d{1,15}$/.test(digits ?? '') ? Number(digits) : Number.NaN;
  return of === life && number <= live.last() ? number : undefined;
}
