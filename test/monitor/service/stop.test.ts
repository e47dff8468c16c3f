import { expect, it } from 'vitest';
import { command as statusCommand } from '../../../src/cli/commands/monitor/status.ts';
import { command } from '../../../src/cli/commands/monitor/stop.ts';
import { start } from '../../../src/core/exec.ts';
import { ourselves } from '../../../src/core/lock.ts';
import { call } from '../../helpers/call.ts';
import { folder } from '../../helpers/folder.ts';

it('stop names a service of another machine, and ends no process here instead', async () => {
  const child = start(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env: process.env, stdio: 'ignore' });
  try {
    const holder = { ...ourselves('monitor'), pid: child.pid, host: 'another-machine' };
    const home = folder({ 'service.lock': JSON.stringify(holder) });
    const { code, error } = await call(command, { cwd: home, env: { PERF_GATE_MONITOR_HOME: home } }, []);
    expect([code, error?.code]).toEqual([2, 'monitor_elsewhere']);
    expect(error?.message).toContain('another-machine');
    const status = await call(statusCommand, { cwd: home, env: { PERF_GATE_MONITOR_HOME: home } }, []);
    expect(status.out).toContain('started on another machine, another-machine');
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  } finally {
    child.kill('SIGKILL');
  }
});
