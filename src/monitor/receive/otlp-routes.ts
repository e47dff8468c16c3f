import { gunzipSync } from 'node:zlib';
import type { MonitorEvent } from '../event.ts';
import { readLogs } from '../otlp/logs.ts';
import { readMetrics } from '../otlp/metrics.ts';
import type { Level, Told } from '../otlp/told.ts';
import { totalsOf } from '../otlp/totals.ts';
import { readTraces } from '../otlp/traces.ts';
import { type Answer, type Asked, json, MOST_BYTES, type Routes } from './http.ts';

/** The counts of requests and events since the start of the service. */
export type Received = { requests: number; events: number; rejected: number; ignored: number; refused: number };

type Receiving = {
  level: Level;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Stores events. Returns a promise that resolves when the events are on disk. */
  keep: (events: readonly MonitorEvent[]) => Promise<void>;
  received: Received;
};

const readers = {
  '/v1/logs': { read: readLogs, rejected: 'rejectedLogRecords' },
  '/v1/metrics': { read: readMetrics, rejected: 'rejectedDataPoints' },
  '/v1/traces': { read: readTraces, rejected: 'rejectedSpans' },
};

type Reader = (typeof readers)[keyof typeof readers];

/**
 * The routes for the three paths of OTLP over HTTP with JSON. Status 200 means that the events are on disk. After status 503, clients send
 * the events again.
 */
export function otlpRoutes({ level, now, keep, received }: Receiving): Routes {
  const totals = totalsOf();
  const receive = async ({ body, headers }: Asked, { read, rejected }: Reader): Promise<Answer> => {
    received.requests++;
    const parsed = parse(body, headers);
    if ('status' in parsed) {
      received.refused++;
      return parsed;
    }
    const counting = totals.begin();
    const told: Told = read(parsed.value, { now: now(), level, totals: counting });
    try {
      if (told.events.length > 0) await keep(told.events);
      counting.end(true);
    } catch (error) {
      counting.end(false);
      return { ...json(503, { error: (error as Error).message }), headers: { 'retry-after': '5' } };
    }
    received.events += told.events.length;
    received.rejected += told.rejected;
    received.ignored += told.ignored;
    return json(
      200,
      told.rejected === 0 ? {} : { partialSuccess: { [rejected]: told.rejected, errorMessage: MISREAD } },
    );
  };
  const routes = Object.entries(readers).map(([path, reader]) => [`POST ${path}`, (a: Asked) => receive(a, reader)]);
  return Object.fromEntries(routes) as Routes;
}

const MISREAD =
  'The monitor left out records without a name or with an invalid time, and counters whose temporality is neither delta nor cumulative.';

function parse(body: Buffer, headers: Asked['headers']): { value: unknown } | Answer {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json')
    return json(415, { error: `The monitor accepts only JSON. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/json.` });
  const packing = headers['content-encoding'] ?? 'identity';
  if (packing !== 'identity' && packing !== 'gzip')
    return json(415, { error: 'Send the body uncompressed or with gzip.' });
  try {
    const text = packing === 'gzip' ? gunzipSync(body, { maxOutputLength: MOST_BYTES }) : body;
    const value: unknown = JSON.parse(text.toString('utf8'));
    return typeof value === 'object' && value !== null
      ? { value }
      : json(400, { error: 'The body is not a JSON object.' });
  } catch (error) {
    const isLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isLong
      ? json(413, { error: `The body is too large: at most ${MOST_BYTES} bytes are accepted.` })
      : json(400, { error: `The body is not JSON: ${(error as Error).message.slice(0, 200)}` });
  }
}
