import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RunOutcome } from '../../src/run/outcome.ts';
import { pack } from './pack.ts';

/** How a command ended. `stdout` holds data, `stderr` text for people. */
export type Ended = { code: number | null; stdout: string; stderr: string };

type Primary = { improvement_pct: number | null; ci95_pct: [number, number]; [key: string]: unknown };
/** The JSON object that `start`, `next` and similar commands print. */
export type Outcome = RunOutcome & {
  attempts: (RunOutcome['attempts'][number] & { primary: Primary | null })[];
  waiting?: { stage: string; brief: string; draft: string };
};

export type PerfGate = {
  /** The launcher that users run. */
  bin(): string;
  env(): NodeJS.ProcessEnv;
  /** Runs a command in a folder, until it ends. */
  run(cwd: string, ...args: string[]): Promise<Ended>;
  /** The same with `--json`: returns the one object on stdout. Throws if stdout holds anything else. */
  json<T = Outcome>(cwd: string, ...args: string[]): Promise<T & { code: number | null }>;
};

/**
 * perf-gate as it is published: the `files` of package.json and a bundle of the current sources, in a temporary folder
 * of this test file. The test file also has its own cache, so the measuring helper is compiled once.
 */
export function perfGate(): PerfGate {
  let home = '';
  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-cli-')));
    pack(home);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  const bin = () => join(home, 'package/bin/perf-gate.cjs');
  const env = () => ({
    ...process.env,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    PERF_GATE_MONITOR_HOME: join(home, 'monitor'),
    NO_COLOR: '1',
    LC_ALL: 'C.UTF-8',
  });
  const run = (cwd: string, ...args: string[]) => execute(process.execPath, [bin(), ...args], { cwd, env: env() });
  return {
    bin,
    env,
    run,
    async json<T>(cwd: string, ...args: string[]) {
      const ended = await run(cwd, ...args, '--json');
      try {
        return { ...(JSON.parse(ended.stdout) as T), code: ended.code };
      } catch {
        throw new Error(`not one JSON object on stdout (exit ${ended.code}):\n${ended.stdout}\n${ended.stderr}`);
      }
    },
  };
}

/** Runs a program until it ends, with an empty stdin. */
export function execute(
  file: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail).on('close', (code) => done({ code, stdout, stderr }));
  });
}
