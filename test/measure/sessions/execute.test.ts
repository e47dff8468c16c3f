import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dir, perform, succeed } from '../setup.ts';

const cause = async (script: string) => {
  const execution = await perform(script, { timeout_s: 1 });
  return execution.state === 'failed' ? execution.cause : execution.state;
};

describe('the native instrument', () => {
  it('measures wall time in the right proportion', async () => {
    const [short, long] = [await succeed('sleep 0.1'), await succeed('sleep 0.3')];
    const ratio = (long.usage.wall_ms - short.usage.wall_ms) / 200;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(3);
  });

  it('measures the peak memory of a small program, not that of its parent Node', async () => {
    const { usage } = await succeed('true');
    expect(usage.max_rss_kb).toBeLessThan(process.memoryUsage().rss / 1024 / 4);
    const big = await succeed('node -e "Buffer.alloc(150e6, 1)"');
    expect(big.usage.max_rss_kb).toBeGreaterThan(150_000);
  });

  it('counts CPU time of work and of children, but not of waiting', async () => {
    const busy = `node -e "const t = process.cpuUsage(); while (process.cpuUsage(t).user < 2e5);"`;
    const cpu = async (script: string) => {
      const { usage } = await succeed(script);
      return (usage.user_ms ?? 0) + (usage.sys_ms ?? 0);
    };
    expect(await cpu(busy)).toBeGreaterThan(190);
    expect(await cpu(`sh -c '${busy}; true'`)).toBeGreaterThan(190);
    expect(await cpu('sleep 0.3')).toBeLessThan(100);
  });

  it.runIf(process.platform === 'linux')('counts the work of a child that ends just after the program', async () => {
    const orphan = `sh -c 'sleep 0.06 &'`;
    expect((await succeed(orphan)).usage.wall_ms).toBeGreaterThan(50);
  });
});

describe('a program that fails', () => {
  it('is reported with its exit code, signal, time-out or absence', async () => {
    expect(await cause('sh -c "exit 3"')).toEqual({ kind: 'exit', code: 3 });
    expect(await cause('kill -SEGV $$')).toEqual({ kind: 'signal', signal: 'SIGSEGV' });
    expect(await cause('sleep 30')).toEqual({ kind: 'timeout', seconds: 1 });
    expect(await cause('no-such-program-here x')).toMatchObject({
      kind: 'not_started',
      program: 'no-such-program-here',
    });
    expect(await cause('./no/such/file')).toMatchObject({ kind: 'not_started' });
  });

  it('is reported when it leaves processes behind, even ones that left its session', async () => {
    expect(await cause('sleep 30 &')).toEqual({ kind: 'left_behind', processes: 1 });
    if (process.platform === 'linux') {
      expect(await cause('setsid sleep 30 & sleep 31 & exit 0')).toEqual({ kind: 'left_behind', processes: 2 });
    }
  });

  it('keeps the end of its stderr, and only the end', async () => {
    const execution = await perform(
      `node -e "console.error('x'.repeat(9000)); console.error('the cause'); process.exit(1)"`,
    );
    if (execution.state !== 'failed') throw new Error(execution.state);
    expect(execution.reason).toBe('exit code 1');
    expect(execution.stderr).toHaveLength('…'.length + 4096);
    expect(execution.stderr).toMatch(/^…/);
    expect(execution.stderr).toMatch(/the cause\n$/);
  });
});

describe('the output', () => {
  it('is complete, regardless of its length', async () => {
    const { stdout } = await succeed(`node -e "process.stdout.write('0123456789'.repeat(2e6))"`);
    expect(stdout).toHaveLength(20e6);
    expect(stdout.endsWith('0123456789')).toBe(true);
  });

  it.each([true, false])('is limited: a program that prints for ever is stopped (kept: %s)', async (keepOutput) => {
    const execution = await perform(keepOutput ? 'yes' : 'yes >&2', { keepOutput });
    expect(execution).toMatchObject({ state: 'failed', cause: { kind: 'too_much_output' } });
    if (execution.state === 'failed') expect(execution.reason).toMatch(/^prints \d+ MB, more than the 256 MB/);
  });

  it('may be closed early without the end being missed', async () => {
    const { stdout, usage } = await succeed('echo first; exec >&-; sleep 0.2');
    expect(stdout).toBe('first\n');
    expect(usage.wall_ms).toBeGreaterThan(180);
  });

  it('of a pipe that is closed by its reader ends the writer as everywhere else', async () => {
    expect((await succeed('yes | head -n 1')).stdout).toBe('y\n');
  });

  it('is discarded if it is not needed, and no file stays', async () => {
    expect((await succeed('echo text', { keepOutput: false })).stdout).toBe('');
    await succeed('echo text', { env: { PATH: process.env.PATH ?? '', TMPDIR: dir } });
    expect(readdirSync(dir).filter((name) => name.startsWith('pg-'))).toEqual([]);
  });
});

it('gives the program an empty stdin, its own directory, and PWD to match', async () => {
  expect((await succeed('cat; pwd; printenv PWD')).stdout).toBe(`${dir}\n${dir}\n`);
});
