import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run, runScript } from '../../src/core/exec.ts';
import { temporaryFolder } from '../helpers/repository.ts';

/** Whether the sleeper that wrote its pid to the file is still alive. */
function isSleeping(file: string): boolean {
  const proc = `/proc/${readFileSync(file, 'utf8').trim()}/cmdline`;
  return existsSync(proc) && readFileSync(proc, 'utf8').startsWith('sleep');
}

it('exit code, signal and output are returned as values', async () => {
  expect(await runScript('echo out; echo err >&2; exit 3')).toMatchObject({
    exitCode: 3,
    signal: null,
    stdout: 'out\n',
    stderr: 'err\n',
    timedOut: false,
    notFound: false,
  });
  expect(await runScript('kill -TERM $$')).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  expect(await run('true', [])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
});

it('the last 16 MB of the output of a user’s command are kept, and the bytes before are counted', async () => {
  const { stdout, stderr, exitCode } = await runScript('yes | head -c 40000000; echo end; echo short >&2; exit 2');
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^… \(23222788 bytes before this\)\n(y\n|\ny)/);
  expect(stdout).toHaveLength(16 * 1024 ** 2 + '… (23222788 bytes before this)\n'.length);
  expect(stdout.endsWith('y\nend\n')).toBe(true);
  expect(stderr).toBe('short\n');
});

it('a missing program is distinguished from a program that fails', async () => {
  expect(await run('no-such-program-anywhere', [])).toMatchObject({ notFound: true });
  expect(await run('false', [])).toMatchObject({ notFound: false, exitCode: 1 });
});

it('arguments, input, environment and folder reach the program unchanged', async () => {
  const cwd = temporaryFolder();
  const ended = await run(
    'sh',
    ['-c', 'cat; pwd; echo "$A $#" "$@"; printenv HOME || echo none', 'sh', 'a b', '$x', '*'],
    { cwd, input: 'typed\n', env: { A: 'b', PATH: process.env.PATH } },
  );
  expect(ended.stdout).toBe(`typed\n${cwd}\nb 3 a b $x *\nnone\n`);
});

it('without input, the program reads nothing from the terminal', async () => {
  expect(await runScript('cat; echo end')).toMatchObject({ stdout: 'end\n' });
});

it('the time-out ends a hanging program, with the grandchildren that hold its pipes', async () => {
  const pids = join(temporaryFolder(), 'pid');
  const ended = await runScript(`echo begun; (sleep 614 & echo $! > ${pids}; wait) & wait`, { timeoutMs: 300 });
  expect(ended).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL', stdout: 'begun\n' });
  await vi.waitFor(() => expect(isSleeping(pids)).toBe(false));
});

it('an abort ends all processes, also if it came before the start', async () => {
  const pids = join(temporaryFolder(), 'pid');
  const controller = new AbortController();
  const ending = runScript(`sleep 615 & echo $! > ${pids}; wait`, { signal: controller.signal });
  await vi.waitFor(() => expect(existsSync(pids) && readFileSync(pids, 'utf8')).toMatch(/\d\n/));
  controller.abort();
  expect(await ending).toMatchObject({ signal: 'SIGKILL', timedOut: false });
  await vi.waitFor(() => expect(isSleeping(pids)).toBe(false));
  expect(await run('sleep', ['616'], { signal: controller.signal })).toMatchObject({ signal: 'SIGKILL' });
});

it('output may have megabytes, and bytes that are not UTF-8', async () => {
  const { stdout } = await run('sh', ['-c', "head -c 3000000 /dev/zero | tr '\\0' x; printf '\\377'"]);
  expect(stdout.length).toBe(3_000_001);
});

it('many programs share one listener, so that Node does not warn of a leak', async () => {
  const warned: Error[] = [];
  process.on('warning', (warning) => warned.push(warning));
  const before = process.listenerCount('exit');
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 30 }, () => run('true', [], { signal })));
  await new Promise(setImmediate); // warnings are emitted later
  expect(warned).toEqual([]);
  expect(process.listenerCount('exit')).toBeLessThanOrEqual(before + 1);
});
