import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { findInstrument } from '../../src/measure/instruments/find.ts';
import type { Instrument } from '../../src/measure/instruments/instrument.ts';
import { type Command, type Execution, execute } from '../../src/measure/sessions/execute.ts';

/** A folder of this test file's own, removed at its end. */
export const dir = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-measure-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

export const env: Record<string, string> = { PATH: process.env.PATH ?? '', XDG_CACHE_HOME: join(dir, 'cache') };

export function instrument(name = 'native'): Promise<Instrument> {
  return findInstrument({ ...env, PERF_GATE_INSTRUMENT: name });
}

/** Executes a script with the native helper in the test's folder. */
export async function perform(script: string, change: Partial<Command> = {}, signal?: AbortSignal): Promise<Execution> {
  const command: Command = { script, shell: 'auto', cwd: dir, env, timeout_s: 20, keepOutput: true, ...change };
  return execute(command, await instrument(), signal);
}

/** The execution, which must have come to a good end. */
export async function succeed(script: string, change: Partial<Command> = {}): Promise<Execution & { state: 'ok' }> {
  const execution = await perform(script, change);
  if (execution.state !== 'ok') throw new Error(JSON.stringify(execution));
  return execution;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the condition holds, for at most five seconds; tells whether it did. */
export async function eventually(condition: () => boolean): Promise<boolean> {
  const deadline = systemClock.ms() + 5000;
  while (!condition() && systemClock.ms() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  return condition();
}
