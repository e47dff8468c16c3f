import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dir, env, eventually, isAlive, perform } from '../setup.ts';

/** A tree of stubborn processes: each ignores SIGTERM and writes its pid; `inner` has left the session. */
const pids = ['outer', 'inner'].map((name) => join(dir, `${name}.pid`)) as [string, string];
const stubborn = (pid: string) =>
  `process.on('SIGTERM', () => {}); require('fs').writeFileSync('${pid}', String(process.pid))`;
writeFileSync(
  join(dir, 'tree.cjs'),
  `${stubborn(pids[0])};
  const inner = ${JSON.stringify(`${stubborn(pids[1])}; setInterval(() => {}, 1000)`)};
  require('child_process').spawn(process.execPath, ['-e', inner], { detached: true, stdio: 'ignore' });
  setInterval(() => {}, 1000);`,
);
const pidIn = (file: string) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};
const started = () => pids.every((file) => pidIn(file) > 0);
const fresh = () => {
  for (const file of pids) rmSync(file, { force: true });
};
const allGone = () => eventually(() => pids.every((file) => !isAlive(pidIn(file))));

describe.runIf(process.platform === 'linux')('a process that ignores SIGTERM and one that left the session', () => {
  it('are ended by a time-out', async () => {
    fresh();
    const execution = await perform('node tree.cjs', { timeout_s: 1 });
    expect(execution).toMatchObject({ state: 'failed', cause: { kind: 'timeout' } });
    expect(started()).toBe(true);
    expect(await allGone()).toBe(true);
  });

  it('are ended by an abort, at once', async () => {
    fresh();
    const abort = new AbortController();
    const running = perform('node tree.cjs', {}, abort.signal);
    expect(await eventually(started)).toBe(true);
    abort.abort();
    expect(await running).toEqual({ state: 'aborted' });
    expect(await allGone()).toBe(true);
  });

  it('are ended when perf-gate itself is killed', async () => {
    fresh();
    const driver = join(dir, 'driver.mjs');
    const from = (file: string) => JSON.stringify(resolve(import.meta.dirname, '../../../src/measure', file));
    writeFileSync(
      driver,
      `import { findInstrument } from ${from('instruments/find.ts')};
      import { execute } from ${from('sessions/execute.ts')};
      const env = ${JSON.stringify(env)};
      const command = { script: 'node tree.cjs', shell: 'auto', cwd: ${JSON.stringify(dir)}, env, timeout_s: 60, keepOutput: false };
      await execute(command, await findInstrument({ ...env, PERF_GATE_INSTRUMENT: 'native' }));`,
    );
    const perfGate = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), driver], { stdio: 'ignore' });
    expect(await eventually(started)).toBe(true);
    perfGate.kill('SIGKILL');
    expect(await allGone()).toBe(true);
  });
});

it('is not started if the signal was aborted before', async () => {
  fresh();
  expect(await perform('node tree.cjs', {}, AbortSignal.abort())).toEqual({ state: 'aborted' });
  expect(started()).toBe(false);
});
