import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/core/errors.ts';
import { findInstrument, methods, requireSight } from '../../../src/measure/instruments/find.ts';
import type { Instrument } from '../../../src/measure/instruments/instrument.ts';
import { execute } from '../../../src/measure/sessions/execute.ts';
import { dir, env } from '../setup.ts';

/** The methods that work here, in the order of the table; hyperfine is not everywhere. */
const here: Instrument[] = [];
for (const { name } of methods) {
  const found = await findInstrument({ ...env, PERF_GATE_INSTRUMENT: name }).catch(() => undefined);
  if (found) here.push(found);
}
const codeOf = (promise: Promise<unknown>) => promise.then(String, (error) => (isFailure(error) ? error.code : error));

it('finds at least native, python3 and plain on a machine for development', () => {
  expect(here.map(({ method }) => method)).toEqual(expect.arrayContaining(['native', 'python3', 'plain']));
});

describe.each(here)('$method', (instrument) => {
  const run = (script: string, timeout_s = 20) =>
    execute({ script, shell: 'auto', cwd: dir, env, timeout_s, keepOutput: true }, instrument);

  it('measures the duration of a wait, and names itself as the method', async () => {
    const execution = await run('sleep 0.3');
    if (execution.state !== 'ok') throw new Error(JSON.stringify(execution));
    expect(execution.usage.method).toBe(instrument.method);
    expect(execution.usage.wall_ms / 300).toBeGreaterThan(0.95);
    expect(execution.usage.wall_ms / 300).toBeLessThan(3);
    expect(execution.usage.user_ms !== null).toBe(instrument.sees.includes('user_ms'));
    expect(execution.usage.max_rss_kb !== null).toBe(instrument.sees.includes('max_rss_kb'));
  });

  it('passes output and failures on', async () => {
    expect(await run(`sh -c 'echo "it is"'`)).toMatchObject({ state: 'ok', stdout: 'it is\n' });
    expect(await run('sh -c "echo oops >&2; exit 4"')).toMatchObject({ cause: { kind: 'exit', code: 4 } });
    expect(await run('no-such-program')).toMatchObject({ cause: { kind: 'not_started' } });
    expect(await run('sleep 30', 0.3)).toMatchObject({ cause: { kind: 'timeout' } });
    expect(await run('sleep 30 & exit 0')).toMatchObject({ cause: { kind: 'left_behind' } });
  });
});

it('the stopwatch passes text on stdin by a pipe, reports when the program itself ended, and on request leaves other processes running', async () => {
  const native = here.find(({ method }) => method === 'native');
  if (!native) throw new Error('there is no native instrument');
  const [stdin, script] = [
    'x'.repeat(200_000),
    'test -p /dev/stdin || test -S /dev/stdin || exit 9; sleep 0.5 & exit 3',
  ];
  const job = { argv: ['/bin/sh', '-c', script] as const, cwd: dir, env, timeoutMs: 20_000, stdin };
  const reading = await native.measure({ ...job, output: { stdout: 'ignore', stderr: 'ignore' }, leaves: true });
  expect(reading).toMatchObject({ exit_code: 3, left_behind: 1, timed_out: false });
  expect(reading.main_wall_ms).toBeLessThan(20_000);
  const ended = await native.measure({ ...job, output: { stdout: 'ignore', stderr: 'ignore' } });
  expect(ended).toMatchObject({ exit_code: 3, left_behind: 1 });
  expect(ended.wall_ms - ended.main_wall_ms!).toBeGreaterThan(90);
  expect(ended.start_ms!).toBeGreaterThan(reading.start_ms! + reading.main_wall_ms!);
});

describe('the choice of an instrument', () => {
  it('falls back when there is no compiler', async () => {
    const found = await findInstrument({ ...env, XDG_CACHE_HOME: join(dir, 'empty'), PATH: '/nowhere' });
    expect(found.method).toBe('plain');
  });

  it('is refused if PERF_GATE_INSTRUMENT names an unknown method, or one that does not work here', async () => {
    expect(await codeOf(findInstrument({ ...env, PERF_GATE_INSTRUMENT: 'sundial' }))).toBe('instrument_unknown');
    const without = { PATH: '/nowhere', XDG_CACHE_HOME: join(dir, 'empty'), PERF_GATE_INSTRUMENT: 'native' };
    expect(await codeOf(findInstrument(without))).toBe('instrument_unusable');
  });

  it('compiles once, even if many processes begin at the same time', async () => {
    const fresh = { ...env, XDG_CACHE_HOME: join(dir, 'race'), PERF_GATE_INSTRUMENT: 'native' };
    await Promise.all([findInstrument(fresh), findInstrument(fresh), findInstrument(fresh)]);
    expect(readdirSync(join(dir, 'race', 'perf-gate'))).toHaveLength(1);
  });

  it('refuses a metric that the instrument cannot see, and lets the others pass', async () => {
    const plain = await findInstrument({ ...env, PERF_GATE_INSTRUMENT: 'plain' });
    expect(() => requireSight(plain, [{ name: 'peak', unit: 'MB', source: 'max_rss' }])).toThrow(
      /peak cannot be measured/,
    );
    requireSight(plain, [
      { name: 'wall', unit: 'ms', source: 'wall' },
      { name: 'size', unit: 'bytes', source: { size: '*', encoding: 'raw' } },
    ]);
  });
});
