import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from '../../../src/core/exec.ts';
import { put } from '../../helpers/folder.ts';
import { freePort } from '../../measure/setup.ts';

/** One line of a result: its labels and its present value. */
type Found = { metric: Record<string, string>; value: number };

export type Prometheus = {
  /** The result of a PromQL query. @throws Error with the message of Prometheus */
  query(expr: string): Promise<Found[]>;
  /** Repeats a query until the result satisfies the condition, and returns it. @throws Error after a minute, with the last result */
  until(expr: string, wanted: (found: Found[]) => boolean): Promise<Found[]>;
  /** The metadata of a scraped metric family. */
  about(metric: string): Promise<{ type: string; help: string; unit: string }[] | undefined>;
  stop(): Promise<void>;
};

/** Starts a separate Prometheus, which scrapes an address every second. The caller must stop it. */
export async function prometheus(target: string): Promise<Prometheus> {
  const scrape = `  - { job_name: perf-gate, static_configs: [{ targets: ['${new URL(target).host}'] }] }`;
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-prometheus-')));
  const times = 'global: { scrape_interval: 1s, scrape_timeout: 1s }';
  put(root, 'prometheus.yml', `${times}\nscrape_configs:\n${scrape}\n`);
  const address = `127.0.0.1:${await freePort()}`;
  const words = { 'config.file': join(root, 'prometheus.yml'), 'storage.tsdb.path': join(root, 'data') };
  const flags = Object.entries({ ...words, 'web.listen-address': address }).map(
    ([name, value]) => `--${name}=${value}`,
  );
  const child = start('prometheus', flags, { cwd: root, env: process.env, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  const ask = async <T>(path: string, of: Record<string, string>): Promise<T> => {
    const answer = await fetch(`http://${address}/api/v1/${path}?${new URLSearchParams(of)}`);
    const { data, error } = (await answer.json()) as { data: T; error?: string };
    if (error !== undefined) throw new Error(`${Object.values(of).join()}: ${error}`);
    return data;
  };
  const query = async (expr: string): Promise<Found[]> => {
    const { result } = await ask<{ result: { metric: Found['metric']; value: [number, string] }[] }>('query', {
      query: expr,
    });
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  };
  return {
    query,
    async until(expr, wanted) {
      const deadline = Date.now() + 60_000;
      for (;;) {
        // it does not answer yet, or has no data
        const found = await query(expr).catch((error: Error) => error);
        if (Array.isArray(found) && wanted(found)) return found;
        if (Date.now() > deadline) throw new Error(`${expr} stays ${JSON.stringify(found)} ${String(found)}`);
        await sleep(100);
      }
    },
    about: async (metric) =>
      (await ask<Record<string, { type: string; help: string; unit: string }[]>>('metadata', {}))[metric],
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
