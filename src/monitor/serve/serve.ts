import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { failure, isFailure } from '../../core/errors.ts';
import { asset } from '../../core/locate.ts';
import { measurementQueue } from '../../measure/environment/machine-lock.ts';
import type { MonitorConfig } from '../config/schema.ts';
import { type Answer, type Asked, json, type Listening, listen, type Routes } from '../receive/http.ts';
import type { RunWatch } from '../runs/watch.ts';
import type { Database } from '../store/driver.ts';
import { document, policy } from './document.ts';
import type { Live } from './live.ts';
import { type Pace, streamOf } from './stream.ts';
import type { Seen } from './views/seen.ts';
import { views } from './views.ts';
import { type Writing, writings } from './writings.ts';

type Serving = {
  port: number;
  db: Database;
  config: MonitorConfig;
  home: string;
  /** Returns the present time in ms since 1970. */
  now: () => number;
  env: NodeJS.ProcessEnv;
  live: Live;
  runs: RunWatch;
  clients: Seen['clients'];
  note: (text: string) => void;
};

/** The served page. A request to write needs the token. */
export type Served = Listening & { token: string };

/** The least interval between updates of a page, in ms. The interval is short, because a page should show an event within two seconds. */
const EVERY_MS = 250;
/**
 * The least interval between updates of a page while a measurement runs on this machine, in ms. The interval is long, because drawing the
 * page disturbs the measurement.
 */
const MEASURING_MS = 10_000;

/**
 * Serves the page on 127.0.0.1. Requests to read need no token, because telemetry contains no texts of users. Requests to write need the
 * token. If `port` is 0, any free port is used. @throws monitor_page_port_taken, monitor_page_port_refused
 */
export async function servePage({
  port,
  db,
  config,
  home,
  now,
  env,
  live,
  note,
  runs,
  clients,
}: Serving): Promise<Served> {
  const token = randomBytes(24).toString('base64url');
  const pace = (): Pace => {
    const { holder } = measurementQueue(env);
    return {
      measuring: holder?.what ?? null,
      every_ms: holder ? MEASURING_MS : EVERY_MS,
      refresh_ms: 1000 * config.dashboard.refresh_interval,
    };
  };
  const version = () => `${db.get('PRAGMA data_version')?.data_version ?? 0} ${runs.version()}`;
  const stream = streamOf({ live, pace, version, life: randomBytes(4).toString('hex') });
  const seen = { db, config, home, runs: runs.live, clients };
  const ofViews = Object.entries(views).map(([name, view]): [string, Routes[string]] => [
    `GET /api/${name}`,
    ({ query }) => json(200, view({ ...seen, now: now(), query })),
  ]);
  const ofWritings = Object.entries(writings).map(([path, write]): [string, Routes[string]] => [
    `POST /api/${path}`,
    (asked) => written(asked, token, (value) => write(value, { ...seen, now: now() })),
  ]);
  const routes: Routes = {
    'GET /': () => ({ status: 200, body: document, type: 'text/html; charset=utf-8', headers: pageHeaders }),
    'GET /page.js': () => file('page.js', 'text/javascript; charset=utf-8'),
    'GET /page.css': () => file('page.css', 'text/css; charset=utf-8'),
    'GET /events': stream.route,
    ...Object.fromEntries([...ofViews, ...ofWritings]),
  };
  const { port: taken, close } = await listening(port, routes, note);
  const closeAll = () => {
    stream.close();
    return close();
  };
  return { port: taken, token, close: closeAll };
}

async function listening(port: number, routes: Routes, note: Serving['note']): Promise<Listening> {
  try {
    return await listen(port, routes, note);
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw error.code === 'monitor_port_taken'
      ? failure('monitor_page_port_taken', { port })
      : failure('monitor_page_port_refused', { port, reason: error.message });
  }
}

const pageHeaders = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** Returns a file of the page. `npm run build` creates these files. */
function file(name: string, type: string): Answer {
  try {
    return { status: 200, body: readFileSync(asset(`dist/${name}`), 'utf8'), type };
  } catch {
    return json(500, { error: `dist/${name} is missing: \`npm run build\` creates it.` });
  }
}

/**
 * Handles a request to write. The request must have a JSON body, and the token in a header. Pages of other sites cannot send this header,
 * and cannot read the token.
 */
function written({ headers, body }: Asked, token: string, write: (value: unknown) => Writing): Answer {
  if (!isSame(String(headers['x-perf-gate-token'] ?? ''), token))
    return json(403, {
      error:
        'Only requests with the token can write. The token is in the address that `perf-gate monitor status` prints.',
    });
  if ((headers['content-type'] ?? '').split(';')[0] !== 'application/json')
    return json(415, { error: 'Send JSON as application/json.' });
  try {
    const { status, value } = write(JSON.parse(body.toString('utf8')));
    return json(status, value);
  } catch (error) {
    return json(400, { error: `The body is not JSON:  ${(error as Error).message.slice(0, 200)}` });
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();
const isSame = (given: string, token: string) => timingSafeEqual(digest(given), digest(token));
