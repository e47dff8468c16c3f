import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { cpusIn, methods, requirePinning } from '../../../src/measure/instruments/find.ts';
import { startService } from '../../../src/measure/service/service.ts';
import { execute } from '../../../src/measure/sessions/execute.ts';
import { ground, plan, run } from '../sessions/session-setup.ts';
import { env, freePort, instrument } from '../setup.ts';

const onLinux = process.platform === 'linux';

it('a list of CPUs names each of them', () => {
  expect(cpusIn('1')).toEqual([1]);
  expect(cpusIn('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(cpusIn('')).toEqual([]);
});

describe.runIf(onLinux)('a command that is pinned', () => {
  it.each(['native', 'python3'])('sees only its CPUs, and so do its children: %s', async (name) => {
    const own = { cwd: '/', env, timeout_s: 20, keepOutput: true, shell: 'auto' as const, cpus: '0' };
    const script = 'grep Cpus_allowed_list /proc/self/status; sh -c "grep Cpus_allowed_list /proc/self/status"';
    const execution = await execute({ ...own, script }, await instrument(name));
    expect(execution).toMatchObject({ state: 'ok', stdout: 'Cpus_allowed_list:\t0\n'.repeat(2) });
  });

  it('cannot run two threads at a time', async () => {
    const busy = 'const t = process.cpuUsage(); while (process.cpuUsage(t).user < 150e3);';
    const two = `node -e "${busy}" & node -e "${busy}"; wait`;
    const own = { cwd: '/', env, timeout_s: 20, keepOutput: false, shell: true, cpus: '0' };
    const execution = await execute({ ...own, script: two }, await instrument());
    if (execution.state !== 'ok') throw new Error(JSON.stringify(execution));
    const { wall_ms, user_ms, sys_ms } = execution.usage;
    expect((user_ms ?? 0) + (sys_ms ?? 0)).toBeLessThanOrEqual(wall_ms * 1.05);
  });

  it('is pinned in a session, and so is a service', async () => {
    const metrics = [{ name: 'n', unit: '', source: { stdout: 'json' as const, key: 'cpus' } }];
    const script = `node -e "console.log(JSON.stringify({ cpus: require('os').availableParallelism() }))"`;
    const command = { script, shell: 'auto' as const, timeout_s: 20, cpus: '0' };
    const { samples } = await run(ground().arms, { command, metrics, looks: [1] });
    expect(samples.map((sample) => sample.metrics.n)).toEqual([1, 1, 1, 1]);

    const { arms } = ground();
    const tools = { instrument: await instrument(), clock: systemClock };
    const port = await freePort();
    const ready = `http://127.0.0.1:${port}/`;
    const answer = `require('http').createServer((_, answer) => answer.end(String(require('os').availableParallelism()))).listen(${port}, '127.0.0.1')`;
    const service = await startService({ start: `node -e "${answer}"`, ready, cpus: '0' }, arms.base, tools);
    if ('code' in service) throw service;
    const told = await (await fetch(ready)).text();
    await service.stop();
    expect(told).toBe('1');
  });
});

describe('pinning that is not possible', () => {
  const codeOf = (act: () => void) => {
    try {
      act();
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const cannot = methods.map((method) => method.name).filter((name) => name !== 'native' && name !== 'python3');

  it.each(cannot)('is refused, with the name of the method: %s', (method) => {
    expect(codeOf(() => requirePinning(method, '0'))).toBe('cpus_unsupported');
    requirePinning(method, undefined);
  });

  it.runIf(onLinux)('is refused for a missing CPU, before any execution', async () => {
    const command = { ...plan.command, cpus: `0,${availableParallelism() + 4096}` };
    await expect(run(ground().arms, { command })).rejects.toMatchObject({
      code: 'cpus_unavailable',
      message: expect.stringContaining('this process may use only 0'),
    });
  });
});
