import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { makeDir, writeWhole } from '../../src/core/fs.ts';
import { alertingConfig } from './alert.ts';

/** A service in a separate process, started as by a user. Figures of that process come from /proc. */
export type Service = {
  endpoint: string;
  /** The address of the page, without its token. */
  page: string;
  pid: number;
  /** CPU seconds since its start. */
  cpuSeconds(): number;
  rssMb(): number;
  post(body: string): Promise<void>;
};

const bin = resolve(import.meta.dirname, '../../bin/perf-gate.cjs');

/** Starts the service of a home with one version of Node, and ends it afterwards. */
export async function withService<T>(node: string, home: string, act: (service: Service) => Promise<T>): Promise<T> {
  const env = { PERF_GATE_MONITOR_HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
  const monitor = async (...words: string[]) =>
    JSON.parse((await execa(node, [bin, 'monitor', ...words, '--json'], { env, cwd: home })).stdout) as unknown;
  makeDir(join(home, 'config', 'perf-gate'));
  writeWhole(join(home, 'config', 'perf-gate', 'monitor.yaml'), alertingConfig);
  type Started = { endpoint: string; page: string; pid: number };
  const { endpoint, page, pid } = (await monitor('start', '--otlp', '0', '--port', '0')) as Started;
  try {
    return await act({
      endpoint,
      page: new URL(page).origin,
      pid,
      ...figuresOf(pid),
      post: (body) => post(`${endpoint}/v1/logs`, body),
    });
  } finally {
    await monitor('stop');
  }
}

/** Clock ticks per second: 100 on every current Linux. */
const TICKS = 100;

const figuresOf = (pid: number) => ({
  cpuSeconds() {
    const [utime, stime] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
    return (Number(utime) + Number(stime)) / TICKS;
  },
  rssMb: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024,
});

async function post(address: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`The service answers ${answer.status}.`);
}
