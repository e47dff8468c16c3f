import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Check, checked, type Machine, machineAt } from '../../src/bench/doctor/check.ts';
import { contentionChecks } from '../../src/bench/doctor/contention.ts';
import { checks } from '../../src/bench/doctor/doctor.ts';
import { processorChecks } from '../../src/bench/doctor/processor.ts';
import { runQueueChecks } from '../../src/bench/doctor/run-queue.ts';
import { command } from '../../src/cli/commands/doctor.ts';
import { call } from '../helpers/call.ts';
import { cwd, place } from '../helpers/own-cache.ts';
import { temporaryFolder } from '../helpers/repository.ts';

/** A machine with these system files. */
function machine(files: Record<string, string>, change: Partial<Machine> = {}): Machine {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { ...machineAt(root, { PATH: process.env.PATH, ...place.env }), cores: 4, ...change };
}

const checkOf = (id: string): Check => checks.find((c) => c.id === id)!;

const cpu = 'sys/devices/system/cpu';
const schedstat = 'proc/self/schedstat';
const stat = (steal: number) => `cpu  1000 0 500 8000 10 0 5 ${steal} 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n`;

describe('checks of the system’s files', () => {
  const system = [...processorChecks, ...contentionChecks, ...runQueueChecks];
  it.each<[string, string, string, Record<string, string>]>([
    ['governor', 'warn', 'powersave', { [`${cpu}/cpu0/cpufreq/scaling_governor`]: 'powersave\n' }],
    ['governor', 'ok', 'performance', { [`${cpu}/cpu0/cpufreq/scaling_governor`]: 'performance\n' }],
    ['turbo', 'warn', 'on', { [`${cpu}/intel_pstate/no_turbo`]: '0\n' }],
    ['turbo', 'ok', 'off', { [`${cpu}/intel_pstate/no_turbo`]: '1\n' }],
    ['turbo', 'warn', 'on', { [`${cpu}/cpufreq/boost`]: '1\n' }],
    ['throttling', 'warn', '7 times', { [`${cpu}/cpu1/thermal_throttle/core_throttle_count`]: '7\n' }],
    ['throttling', 'ok', 'never', { [`${cpu}/cpu1/thermal_throttle/core_throttle_count`]: '0\n' }],
    ['power', 'warn', 'battery', { 'sys/class/power_supply/AC/online': '0\n' }],
    ['clock_source', 'warn', 'hpet', { 'sys/devices/system/clocksource/clocksource0/current_clocksource': 'hpet\n' }],
    ['aslr', 'warn', 'off', { 'proc/sys/kernel/randomize_va_space': '0\n' }],
    ['aslr', 'ok', 'on', { 'proc/sys/kernel/randomize_va_space': '2\n' }],
    ['load', 'warn', '2.5 on 4 cores', { 'proc/loadavg': '2.50 1.00 1.00 1/100 5\n' }],
    ['load', 'ok', '1.5 on 4 cores', { 'proc/loadavg': '1.50 1.00 1.00 1/100 5\n' }],
    [
      'pressure',
      'warn',
      'memory 3.5 %',
      { 'proc/pressure/memory': 'some avg10=3.50 avg60=0.00 avg300=0.00 total=1\n' },
    ],
    ['pressure', 'ok', 'cpu 3.5 %', { 'proc/pressure/cpu': 'some avg10=3.50 avg60=0.00 avg300=0.00 total=1\n' }],
    ['memory', 'warn', '100 MB', { 'proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 102400 kB\n' }],
    [
      'swap',
      'warn',
      '977 of 1953 MB',
      { 'proc/meminfo': 'MemTotal: 8000000 kB\nSwapTotal: 2000000 kB\nSwapFree: 1000000 kB\n' },
    ],
    ['swap', 'ok', 'none', { 'proc/meminfo': 'MemTotal: 8000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n' }],
    [
      'virtualisation',
      'ok',
      'virtual machine (ACME)',
      { 'proc/cpuinfo': 'flags\t\t: fpu hypervisor sse\n', 'sys/class/dmi/id/sys_vendor': 'ACME\n' },
    ],
    ['steal', 'warn', '5.00 %', { 'proc/stat': stat(500.79) }],
    ['steal', 'ok', '0.00 %', { 'proc/stat': stat(0) }],
    ['run_queue', 'warn', 'waits 20.0 % of its time: wall time is 25.0 % longer', { [schedstat]: '4000 1000 7\n' }],
    ['run_queue', 'ok', 'waits 1.0 % of its time', { [schedstat]: '9900 100 7\n' }],
    ['run_queue', 'ok', 'not shown', { [schedstat]: '0 0 0\n' }],
    ['cpu_quota', 'warn', '1.5 of 4 processors', { 'sys/fs/cgroup/cpu.max': '150000 100000\n' }],
    ['cpu_quota', 'ok', 'none', { 'sys/fs/cgroup/cpu.max': 'max 100000\n' }],
    [
      'cpu_quota',
      'ok',
      'none',
      { 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
    ],
  ])('%s: %s, %s', async (id, status, found, files) => {
    const seen = await checked(checkOf(id), machine(files));
    expect(seen).toMatchObject({ id, status, found: expect.stringContaining(found) });
    expect(seen.remedy === null).toBe(status === 'ok');
  });

  it.each(system.map((p) => p.id))('%s is ok if the system does not report it', async (id) => {
    const seen = await checked(checkOf(id), machine({}));
    expect(seen).toMatchObject({ status: 'ok', remedy: null, found: expect.stringMatching(/^(not shown|none)/) });
  });
});

describe('programs and the cache', () => {
  it('warns of a forced instrument that sees only wall time; an unknown instrument fails', async () => {
    const env = (name: string) => ({ env: { ...machine({}).env, PERF_GATE_INSTRUMENT: name } });
    const instrument = checkOf('instrument');
    expect(await checked(instrument, machine({}, env('plain')))).toMatchObject({
      status: 'warn',
      found: /wall time only/,
    });
    expect(await checked(instrument, machine({}, env('sundial')))).toMatchObject({ status: 'fail' });
  });

  it('a cache folder that is not writable fails', async () => {
    const blocked = machine({ 'cache/perf-gate': 'a file is in the way' });
    const seen = await checked(checkOf('cache_room'), {
      ...blocked,
      env: { XDG_CACHE_HOME: join(blocked.root, 'cache') },
    });
    expect(seen).toMatchObject({ status: 'fail', remedy: expect.stringContaining('XDG_CACHE_HOME') });
  });
});

it.skipIf(process.platform !== 'linux')('reports on a busy machine the share of time that a loop waits', async () => {
  // each in its own session: a scheduler that is fair between sessions must not treat them as one
  const busy = Array.from({ length: 3 * availableParallelism() }, () =>
    spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore', detached: true }),
  );
  try {
    const here = machineAt('/', { PATH: process.env.PATH });
    const { status, found, remedy } = await checked(checkOf('run_queue'), here);
    expect(status).toBe('warn');
    expect(Number(/waits ([\d.]+) %/.exec(found)?.[1])).toBeGreaterThan(30);
    expect(remedy).toContain('undelayed_wall');
  } finally {
    for (const child of busy) child.kill('SIGKILL');
  }
});

type Diagnosis = {
  checks: { id: string; status: string; found: string; meaning: string; remedy: string | null }[];
  noise: { wall_spread_pct: number; cpu_spread_pct: number; resolvable_pct: number; different: boolean };
  totals: { ok: number; warn: number; fail: number };
};

it('prints every check as data, with the noise of a loop against itself', async () => {
  const { out, code } = await call(command, place, [], { json: true });
  const { checks, noise, totals } = JSON.parse(out) as Diagnosis;
  expect(code).toBe(0);
  for (const row of checks) {
    expect(Object.keys(row)).toEqual(['id', 'status', 'found', 'meaning', 'remedy']);
    expect(['ok', 'warn', 'fail']).toContain(row.status);
    expect(row.found).not.toBe('');
  }
  const ids = checks.map((c) => c.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['node', 'git', 'instrument', 'governor', 'load', 'reflink', 'noise']));
  expect(totals.ok + totals.warn + totals.fail).toBe(checks.length);
  expect(noise.wall_spread_pct).toBeGreaterThan(0);
  expect(noise.resolvable_pct).toBeGreaterThan(5);
});

it('exits with 3 under --strict only if there is a warning, and always without an instrument', async () => {
  const strict = await call(command, place, [], { json: true, strict: true });
  const { totals } = JSON.parse(strict.out) as Diagnosis;
  expect(strict.code).toBe(totals.warn + totals.fail > 0 ? 3 : 0);
  const blind = await call(command, { cwd, env: { ...place.env, PERF_GATE_INSTRUMENT: 'sundial' } }, [], {});
  expect(blind.code).toBe(3);
  expect(blind.out).toContain('perf-gate cannot measure here: instrument.');
});
