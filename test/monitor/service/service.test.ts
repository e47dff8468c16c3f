import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killed, type Sent } from '../../crash/monitor/kill.ts';
import { execute, perfGate } from '../../helpers/cli.ts';
import { sentNow, session } from '../otlp/bodies.ts';

const perfgate = perfGate();

type Status = {
  running: boolean;
  pid: number;
  endpoint: string;
  received: { events: number } | null;
  store: { events: number };
};

/** libsql is installed next to the package, as after `npm i libsql`: Node 20 has no built-in SQLite. */
beforeAll(() => {
  const modules = resolve(perfgate.bin(), '../../../node_modules');
  mkdirSync(modules);
  symlinkSync(resolve('node_modules/libsql'), join(modules, 'libsql'));
});

/** Resources are disabled, because other clients on this machine do not belong to the test. */
const alone = 'metrics: { resource_usage: false }\n';

const made: string[] = [];
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  // a test that failed may have left its service
  for (const stop of stops) await stop();
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A home of the monitor, and the published command that uses it. */
function monitor() {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-monitor-')));
  made.push(cwd);
  mkdirSync(join(cwd, 'config/perf-gate'), { recursive: true });
  writeFileSync(join(cwd, 'config/perf-gate/monitor.yaml'), alone);
  const home = join(cwd, 'home');
  const env = () => ({ ...perfgate.env(), PERF_GATE_MONITOR_HOME: home, XDG_CONFIG_HOME: join(cwd, 'config') });
  const run = (...words: string[]) =>
    execute(process.execPath, [perfgate.bin(), 'monitor', ...words], { cwd, env: env() });
  const json = async <T>(...words: string[]): Promise<T> => JSON.parse((await run(...words, '--json')).stdout) as T;
  const post = (endpoint: string, body: object) =>
    fetch(`${endpoint}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sentNow(body)),
    });
  stops.push(() => run('stop'));
  return { home, env, run, json, post };
}

describe('the service', () => {
  const { home, run, json, post } = monitor();
  let endpoint = '';

  beforeAll(async () => {
    ({ endpoint } = await json<{ endpoint: string }>('start', '--otlp', '0'));
  });

  it('started in the background, creates files that only their owner can access', () => {
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  it('receives a session, which the tables show', async () => {
    expect((await post(endpoint, session())).status).toBe(200);
    expect(await json<Status>('status')).toMatchObject({
      running: true,
      received: { events: 6 },
      store: { events: 6 },
    });
    const { rows } = await json<{ rows: object[] }>('hooks', '--since', '7d');
    expect(rows).toMatchObject([{ kind: 'hook_event', name: 'PreToolUse:Bash', n: 1, failed: 1, sum_ms: 1014 }]);
  });

  it('answers requests of Prometheus', async () => {
    const answer = await fetch(`${endpoint}/metrics`, { headers: { accept: 'application/openmetrics-text' } });
    expect(answer.headers.get('content-type')).toContain('application/openmetrics-text');
    expect(await answer.text()).toMatch(/# EOF\n$/);
  });

  it('runs only once per home', async () => {
    const { code, stderr } = await run('start', '--otlp', '0');
    expect([code, stderr]).toEqual([2, expect.stringContaining('is already running')]);
  });

  it('reports a taken port as the reason why it does not start', async () => {
    const other = monitor();
    const { code, stderr } = await other.run('start', '--otlp', new URL(endpoint).port);
    expect([code, stderr]).toEqual([3, expect.stringContaining('is taken by another program')]);
    expect((await other.json<Status>('status')).running).toBe(false);
  });

  it('stops, keeps its data, and removes its lock and address', async () => {
    expect((await run('stop')).code).toBe(0);
    expect(await json<Status>('status')).toMatchObject({ running: false, received: null, store: { events: 6 } });
    expect(existsSync(join(home, 'service.json'))).toBe(false);
    expect((await run('stop')).code).toBe(2);
    expect(readFileSync(join(home, 'service.log'), 'utf8')).not.toMatch(/error/i);
  });
});

it('after a kill, has all events that it had confirmed, and starts again', async () => {
  const { home, env } = monitor();
  mkdirSync(home);
  const sent: Sent = { sent: 0, answered: new Set() };
  const service = { node: process.execPath, bin: perfgate.bin(), home, env: env() };
  for (const [i, after] of [60, 0, 150].entries())
    expect(await killed(service, sent, { after, gc: i === 2 ? 'whole' : 'none', now: Date.now() })).toEqual([]);
  expect(sent.answered.size).toBeGreaterThan(0);
});
