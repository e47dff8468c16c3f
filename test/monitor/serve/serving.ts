import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { takeLock } from '../../../src/core/lock.ts';
import { inventedMonth } from '../../../src/monitor/demo/month.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { execute } from '../../helpers/cli.ts';
import { put } from '../../helpers/folder.ts';
import { pack } from '../../helpers/pack.ts';

/** A service in its own process, with its page. `origin`: such as `http://127.0.0.1:8080`; `address` has the token. */
export type Serving = {
  origin: string;
  /** The address for telemetry and Prometheus. */
  endpoint(): string;
  address: string;
  token: string;
  /** The data of a view. */
  json<T>(view: string): Promise<T>;
  /** Sends telemetry. */
  post(body: object): Promise<Response>;
  /** Takes the measurement lock of this machine, as the service sees it; returns a function that releases it. */
  measuring(): () => void;
  stop(): Promise<unknown>;
  /** Stops it, and removes its files. */
  remove(): Promise<void>;
  /** Starts it again at the same address. */
  again(): Promise<void>;
};

/**
 * A rule that fires as soon as any tool ran in the last days. Resources are disabled, so that real clients on this machine do not fill an
 * empty store.
 */
const config = `metrics: { resource_usage: false }
alerting:
  rules:
    - { name: always, metric: tool.duration_ms, agg: rate, window: 7d, op: '>=', value: 0, for: 0s }
`;

type Started = { endpoint: string; page: string };

/** Starts the published command, with a month in its store, or with an empty one. The caller must stop it. */
export async function serving({ filled }: { filled: boolean | ((file: string) => Promise<void>) }): Promise<Serving> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-page-')));
  put(root, 'config/perf-gate/monitor.yaml', config);
  const home = join(root, 'home');
  const filling = filled === true ? fill : filled;
  if (filling) await filling(join(home, 'monitor.db'));
  const bin = pack(root);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(resolve('node_modules/libsql'), join(root, 'node_modules/libsql'));
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_CONFIG_HOME: join(root, 'config'),
    PERF_GATE_MONITOR_HOME: home,
  };
  const run = (...words: string[]) =>
    execute(process.execPath, [bin, 'monitor', ...words, '--json'], { cwd: root, env });
  const start = async (...words: string[]) =>
    JSON.parse((await run('start', '--otlp', '0', ...words)).stdout) as Started;
  let { endpoint, page } = await start();
  const { origin, port } = new URL(page);
  return {
    origin,
    endpoint: () => endpoint,
    address: page,
    token: page.split('token=')[1]!,
    json: async <T>(view: string) => (await (await fetch(`${origin}/api/${view}`)).json()) as T,
    post: (body) =>
      fetch(`${endpoint}/v1/logs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    measuring() {
      const lock = takeLock(join(root, 'cache/perf-gate/measure.lock'), 'a test');
      return 'release' in lock ? lock.release : () => {};
    },
    stop: () => run('stop'),
    async again() {
      ({ endpoint, page } = await start('--port', port));
    },
    async remove() {
      await run('stop');
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function fill(file: string): Promise<void> {
  const db = await openStore(file);
  writerOf(db, { compress: true }).add(inventedMonth('page', Date.now()), 0);
  db.close();
}
