import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { GateError } from '../../../src/core/errors.ts';
import { type FigureName, noFigures } from '../../../src/measure/instruments/figures.ts';
import { findInstrument, requireSight } from '../../../src/measure/instruments/find.ts';
import type { MethodName } from '../../../src/measure/instruments/instrument.ts';
import { execute } from '../../../src/measure/sessions/execute.ts';
import { measured } from '../../../src/measure/sources/usage.ts';
import { median } from '../../../src/stats/robust.ts';
import { dir, env } from '../setup.ts';

const undelayed = measured.undelayed_wall.read;
const usage = (figures: object) => ({ method: 'native', ...noFigures, user_ms: 0, sys_ms: 0, ...figures }) as const;

describe('the time that is subtracted from wall time', () => {
  it('is the delay of the main thread', () => {
    expect(undelayed(usage({ wall_ms: 100, user_ms: 60, main_run_ms: 60, main_delay_ms: 30 }))).toBe(70);
  });

  it('is reduced by the delay that the program’s own threads and children may have caused', () => {
    expect(undelayed(usage({ wall_ms: 100, user_ms: 60, sys_ms: 10, main_run_ms: 50, main_delay_ms: 30 }))).toBe(90);
    expect(undelayed(usage({ wall_ms: 100, user_ms: 200, main_run_ms: 50, main_delay_ms: 30 }))).toBe(100);
    // CPU time that the shell's cost was taken off may be less than what the main thread ran.
    expect(undelayed(usage({ wall_ms: 100, user_ms: 40, main_run_ms: 50, main_delay_ms: 30 }))).toBe(70);
  });

  it('includes the time that the helper waited before it could note the end', () => {
    const seen = { wall_ms: 100, user_ms: 60, main_run_ms: 60, main_delay_ms: 20 };
    expect(undelayed(usage({ ...seen, end_delay_ms: 15 }))).toBe(65);
    expect(undelayed(usage({ ...seen, end_delay_ms: null }))).toBe(80);
  });

  it('is unknown if a figure is missing', () => {
    expect(undelayed(usage({ wall_ms: 100 }))).toBeNull();
  });
});

it('is refused if the method cannot measure it', async () => {
  const plain = await findInstrument({ ...env, PERF_GATE_INSTRUMENT: 'plain' });
  const metric = { name: 'quiet_ms', unit: 'ms', source: 'undelayed_wall' } as const;
  expect(() => requireSight(plain, [metric])).toThrow(/quiet_ms/);
  const hintFor = (sees: FigureName[]) => {
    try {
      requireSight({ method: 'native', sees }, [metric]);
    } catch (error) {
      return (error as GateError).hint;
    }
    return undefined;
  };
  expect(hintFor(['wall_ms', 'user_ms', 'sys_ms'])).toMatch(/schedstat.*source: cpu/);
  expect(hintFor(['wall_ms', 'user_ms', 'sys_ms', 'main_run_ms', 'main_delay_ms'])).toBeUndefined();
});

const methods: MethodName[] = ['native', 'python3'];

describe.skipIf(process.platform !== 'linux').each(methods)('on a busy machine, by %s', (method) => {
  const figures = async (script: string) => {
    const instrument = await findInstrument({ ...env, PERF_GATE_INSTRUMENT: method });
    const execution = await execute(
      { script, shell: false, cwd: dir, env, timeout_s: 60, keepOutput: false },
      instrument,
    );
    if (execution.state !== 'ok') throw new Error(JSON.stringify(execution));
    const { wall_ms, user_ms, sys_ms } = execution.usage;
    return { wall: wall_ms, cpu: user_ms! + sys_ms!, undelayed: undelayed(execution.usage)! };
  };

  it('a loop takes its CPU time, and a wait its duration', { timeout: 120_000 }, async () => {
    const busy = Array.from({ length: 2 * availableParallelism() }, () =>
      spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }),
    );
    try {
      const loop = "sh -c 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done'";
      const loops = [];
      for (let i = 0; i < 9; i++) loops.push(await figures(loop));
      expect(median(loops.map((f) => f.wall / f.cpu))).toBeGreaterThan(1.1);
      expect(median(loops.map((f) => (f.undelayed - f.cpu) / (f.wall - f.cpu)))).toBeLessThan(0.2);
      expect(median(loops.map((f) => f.undelayed / f.cpu))).toBeGreaterThan(0.95);
      const waits = [];
      for (let i = 0; i < 9; i++) waits.push(await figures('sleep 0.1'));
      for (const wait of waits) {
        expect(wait.undelayed).toBeLessThanOrEqual(wait.wall);
        expect(wait.undelayed / 100).toBeGreaterThan(0.95);
      }
      expect(median(waits.map((f) => f.undelayed / (100 + f.cpu)))).toBeLessThan(1.05);
    } finally {
      for (const child of busy) child.kill('SIGKILL');
    }
  });
});
