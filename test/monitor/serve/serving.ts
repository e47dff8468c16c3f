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

/** A service of its own, in a process, with its page. `origin`: `http://127.0.0.1:8080`; `address` has the token. */
export type Serving = {
  origin: string;
  /** Where it receives telemetry, and answers Prometheus. */
  endpoint(): string;
  address: string;
  token: string;
  /** What a view gives. */
  json<T>(view: string): Promise<T>;
  /** Sends telemetry. */
  post(body: object): Promise<Response>;
  /** Takes the lock of measurements on this machine, as the service sees it; gives what releases it. */
  measuring(): () => void;
  stop(): Promise<unknown>;
  /** Stops it, and removes its files. */
  remove(): Promise<void>;
  /** Starts it again where the page was. */
  again(): Promise<void>;
};

/** A rule that fires as soon as any tool ran in the last days. Clients that this machine happens to have are not noted: an empty store stays empty. */
const config = `metrics: { resource_usage: false }
alerting:
  rules:
    - { name: always, metric: tool.duration_ms, agg: rate, window: 7d, op: '>=', value: 0, for: 0s }
`;

type Started = { endpoint: string; page: string };

/** Starts the published command, with a month in its store, or with nothing. Whoever starts it stops it. */
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
