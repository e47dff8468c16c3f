import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { AttemptRow, HostRow, JobRow } from '../../src/fleet/queue/look.ts';
import type { Postgres } from '../helpers/postgres.ts';

/** A worker of a test: its process, and what it printed. */
export type TestWorker = { child: ChildProcess; printed(): string; ended: Promise<number | null> };

/** How an execution was: on which host, and when, in ms since 1970. */
export type Execution = { host: string; from: number; until: number };

/** Where a fleet of tests lives: its folder, with perf-gate in it, and its PostgreSQL. */
export type Setting = { home: string; bin: string; env: NodeJS.ProcessEnv; server: Postgres };

/** Puts the packages of a fleet beside perf-gate, as `npm i` does. */
export function install(home: string): void {
  const modules = join(home, 'node_modules');
  mkdirSync(modules);
  for (const name of ['pg', 'pg-boss']) symlinkSync(resolve('node_modules', name), join(modules, name));
  mkdirSync(join(home, 'tmp'));
}

/** Workers that are hosts with caches of their own, so that they do not wait for each other, and their clients. */
export function fleetOf(setting: () => Setting) {
  const workers: TestWorker[] = [];
  const log = () => join(setting().home, 'executions.log');
  const env = (host = 'client') => ({
    ...setting().env,
    PERF_GATE_DATABASE: setting().server.url,
    XDG_CACHE_HOME: join(setting().home, `cache-${host}`),
    TMPDIR: join(setting().home, 'tmp'),
    BENCH_HOST: host,
    BENCH_LOG: log(),
    BENCH_GATE: join(setting().home, 'gate'),
  });
  const start = (words: string[], host?: string): TestWorker => {
    const child = spawn(process.execPath, [setting().bin, ...words], {
      env: env(host),
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: setting().home,
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => (text += more));
    const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
    const started = { child, printed: () => text, ended };
    workers.push(started);
    return started;
  };
  const asked = async <T>(...words: string[]): Promise<T> => {
    const { ended, printed } = start([...words, '--json']);
    if ((await ended) !== 0) throw new Error(printed());
    return JSON.parse(printed().split('\n')[0]!) as T;
  };
  const sql = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: setting().server.url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  return {
    home: () => setting().home,
    gate: () => join(setting().home, 'gate'),
    postgres: () => setting().server,
    start,
    /** Ends all processes that were started. */
    async stop() {
      for (const { child } of workers) if (child.exitCode === null) child.kill('SIGKILL');
      await Promise.all(workers.splice(0).map(({ ended }) => ended));
    },
    /** Starts a worker, and waits until it is a host. */
    async worker(host: string, ...words: string[]): Promise<TestWorker> {
      // machines that run tests are busy
      const anyhow = ['--busy', '100', '--unchecked'];
      const started = start(['worker', '--class', 'quiet', '--host', host, ...anyhow, ...words], host);
      await until(
        () => / is a host of /.test(started.printed()),
        () => started.printed(),
      );
      return started;
    },
    compare: (root: string, ...words: string[]) =>
      start(['compare', 'main~1', 'main', '--contract', 'c.yaml', '--on', 'quiet', '--json', '--cwd', root, ...words]),
    hosts: async () => (await asked<{ hosts: HostRow[] }>('fleet', 'hosts')).hosts,
    jobs: async () => (await asked<{ jobs: JobRow[] }>('fleet', 'jobs')).jobs,
    history: async () => (await asked<{ attempts: AttemptRow[] }>('fleet', 'history', '--last', '1000')).attempts,
    /** Waits until a host has a job. */
    at: (host: string) =>
      until(
        async () => (await sql(`SELECT 1 FROM perf_gate.host WHERE name = '${host}' AND job IS NOT NULL`)).length > 0,
      ),
    sql,
    executions(): Execution[] {
      appendFileSync(log(), '');
      const lines = readFileSync(log(), 'utf8').split('\n').filter(Boolean);
      return lines.map((line) => {
        const [host = '', from, till] = line.split(' ');
        return { host, from: Number(from), until: Number(till) };
      });
    },
  };
}

/** Executions of one host that ran at the same time. */
export function overlaps(executions: readonly Execution[]): Execution[] {
  const hosts = [...new Set(executions.map(({ host }) => host))];
  return hosts.flatMap((host) => {
    const own = executions.filter((one) => one.host === host).sort((a, b) => a.from - b.from);
    return own.filter((one, i) => i > 0 && one.from < own[i - 1]!.until);
  });
}

/** Waits for a condition, with a deadline that only a fault can reach. */
export async function until(holds: () => boolean | Promise<boolean>, about: () => string = () => ''): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 1200) throw new Error(`it never came: ${about()}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
