import type { ServerResponse } from 'node:http';
import { type Asked, json, type Routes } from '../receive/http.ts';
import type { Live } from './live.ts';

/** At most this number of pages can be open. */
const MOST_CLIENTS = 16;
/**
 * At most this number of bytes can wait to be sent to one page. If more wait, the page is disconnected. It then connects again and receives
 * the missed events.
 */
const MOST_WAITING = 1024 ** 2;
/** One message contains at most this number of events. A screen shows fewer events. If more events are new, only the newest are sent. */
const MOST_EVENTS = 200;
const HEARTBEAT_MS = 15_000;

/** The part of the service's state that is sent to pages. */
export type Pace = {
  /** The measurement that runs on this machine; null if no measurement runs. During a measurement, updates are slower. */
  measuring: string | null;
  /** The least interval between messages with events, in ms. */
  every_ms: number;
  /** The least interval at which a page requests data, in ms. */
  refresh_ms: number;
};

type Streaming = {
  live: Live;
  /** Returns the present state. Called every second while a page is open. */
  pace: () => Pace;
  /** Returns a text that changes when a run of perf-gate advances, or when another process writes to the store. */
  version: () => string;
  /**
   * A random id that identifies this start of the service. The id consists of letters and digits. After each start, events are numbered
   * from 1 again, so a number alone is ambiguous.
   */
  life: string;
};

type Client = { response: ServerResponse; sent: number };

/** The interval at which the stream compares `pace` and `version` with their previous values, in ms. */
const LOOK_MS = 1000;

/**
 * The route that sends server-sent events to pages, with four types of messages. The message `stored` contains new events and an id, which
 * the browser sends back as `Last-Event-ID`. The stream sends `stored` at most once per `every_ms`. The message `pace` contains the state
 * of the service. The message `gap` means that the page missed events and must reload all data. The message `changed` means that another
 * process wrote to the store or that a run of perf-gate advanced.
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
    // `retry`: after a lost connection, the browser waits this time in ms and then connects again
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

/** The number of the last event that a page received since the service started; undefined if the page must load all data. */
function lastSeen({ headers, query }: Asked, live: Live, life: string): number | undefined {
  const [of, digits] = String(headers['last-event-id'] ?? query.get('after') ?? '').split('-');
  const number = /^\d{1,15}$/.test(digits ?? '') ? Number(digits) : Number.NaN;
  return of === life && number <= live.last() ? number : undefined;
}
