import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { measurementLock } from '../../src/measure/environment/machine-lock.ts';
import { execute, perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
const lease = (cwd: string, ...words: string[]) => perfgate.run(cwd, 'lease', ...words);

it('passes input and output through, and exits with the command’s exit code', async () => {
  const dir = temporaryFolder();
  const call = `echo in | "$0" "$1" lease -- sh -c 'cat; echo err >&2; exit 7' a b`;
  const ended = await execute('sh', ['-c', call, process.execPath, perfgate.bin()], { cwd: dir, env: perfgate.env() });
  expect(ended).toEqual({ code: 7, stdout: 'in\n', stderr: 'err\n' });
  expect(await lease(dir, '--', 'exit 3')).toMatchObject({ code: 3 });
  expect(await lease(dir, '--', 'kill -TERM $$')).toMatchObject({ code: 143 });
  expect(await lease(dir, '--', 'no-such-program', 'x')).toMatchObject({ code: 2 });
  expect(await lease(dir)).toMatchObject({ code: 2 });
});

it('prints which process it waits for, and gives up after the timeout', async () => {
  const dir = temporaryFolder();
  const held = await measurementLock(perfgate.env(), 'the test', { onWait: () => {} });
  const ended = await lease(dir, '--timeout', '1', '--', 'touch ran');
  held!.release();
  expect(ended.code).toBe(75);
  expect(ended.stderr).toMatch(new RegExp(`Waiting to measure: pid ${process.pid} .*the test.*not run`, 's'));
  expect(existsSync(join(dir, 'ran'))).toBe(false);
});

it('shares its turn with its child processes: a measurement started by the command does not wait', async () => {
  const call = `'${process.execPath}' '${perfgate.bin()}' measure --runs 4 --json -- true`;
  const { code, stdout } = await lease(temporaryFolder(), '--timeout', '60', '--', call);
  expect({ code, results: JSON.parse(stdout) }).toMatchObject({ code: 0 });
});

it('passes signals on, and keeps the turn until the command ends', async () => {
  const dir = temporaryFolder();
  const script = `trap 'echo told >> log' TERM INT; echo up >> log; while [ ! -e end ]; do sleep 0.05; done; exit 9`;
  const child = spawn(process.execPath, [perfgate.bin(), 'lease', '--', script], { cwd: dir, env: perfgate.env() });
  onTestFinished(() => void child.kill('SIGKILL'));
  const log = () => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  await vi.waitFor(() => expect(log()).toContain('up'), { timeout: 60_000 });
  for (const times of [1, 2, 3]) {
    child.kill('SIGINT');
    await vi.waitFor(() => expect(log().split('told')).toHaveLength(times + 1), { timeout: 60_000 });
  }
  expect(child.exitCode).toBe(null);
  writeFileSync(join(dir, 'end'), '');
  expect((await once(child, 'exit'))[0]).toBe(9);
});

it('two sessions and a lease take turns: no two executions run at the same time', { timeout: 3_600_000 }, async () => {
  const wanted = Number(process.env.PERF_GATE_TEST_TURNS ?? 40);
  const log = join(temporaryFolder(), 'log');
  const execution = `echo in $$ >> ${log}; sleep 0.01; echo out $$ >> ${log}`;
  const done = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []);
  const again = async (...args: string[]) => {
    const cwd = temporaryFolder();
    do expect(await perfgate.run(cwd, ...args)).toMatchObject({ code: 0 });
    while (done().length < 2 * wanted);
  };
  const measure = ['measure', '--runs', '4', '--', `sh -c '${execution}'`];
  await Promise.all([
    again(...measure),
    again(...measure),
    again('lease', '--', `for i in 1 2 3 4; do sh -c '${execution}'; done`),
  ]);
  const lines = done();
  const beside = lines.filter((line, i) => i % 2 === 1 && line !== lines[i - 1]!.replace('in', 'out'));
  expect({ beside, executions: lines.length / 2 >= wanted }).toEqual({ beside: [], executions: true });
});
