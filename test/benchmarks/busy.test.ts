import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goalsOf } from '../../benchmarks/busy/goals.ts';
import { underLoad } from '../../benchmarks/busy/load.ts';
import { nothingPlanted, plant } from '../../benchmarks/busy/planted.ts';
import { programs } from '../../benchmarks/busy/programs.ts';
import { mediansOf, steadyOf } from '../../benchmarks/busy/steady.ts';
import { textOf } from '../../benchmarks/busy/text.ts';
import { type Row, tryOut } from '../../benchmarks/busy/tries.ts';
import { inTemporaryPlace } from '../../benchmarks/shared/bench.ts';
import { cwd, place as ownCache } from '../helpers/own-cache.ts';
import { eventually } from '../measure/setup.ts';

const contract = { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } };
const row: Row = {
  program: 'CPU loop',
  gain_pct: 20,
  seen_pct: 20.1,
  source: 'undelayed_wall',
  tries: 20,
  accepted: 19,
  rejected: 0,
  inconclusive: 1,
  executions: 33.25,
};

/** The number of busy processes that watch this process, found by their command lines. */
const watching = (pid: number) =>
  readdirSync('/proc').filter((name) => {
    try {
      const words = readFileSync(join('/proc', name, 'cmdline'), 'utf8').split('\0');
      return words.includes(String(pid)) && words.some((word) => word.includes('kill -0'));
    } catch {
      return false;
    }
  }).length;

describe.skipIf(process.platform !== 'linux')('the load', () => {
  test('runs during the work, and ends after it, even if the work fails', async () => {
    const expected = 2 * availableParallelism();
    expect(await underLoad(2, async () => watching(process.pid))).toBe(expected);
    const failing = underLoad(1, async () => {
      throw new Error('no work');
    });
    await expect(failing).rejects.toThrow('no work');
    expect(await eventually(() => watching(process.pid) === 0)).toBe(true);
  });

  test('ends if its parent was killed', async () => {
    const file = new URL('../../benchmarks/busy/load.ts', import.meta.url).href;
    const script = `import(${JSON.stringify(file)}).then((m) => m.underLoad(1, () => { console.log('busy'); return new Promise(() => setInterval(() => {}, 1000)); }))`;
    const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', '-e', script], { cwd: process.cwd() });
    await once(child.stdout!, 'data');
    expect(await eventually(() => watching(child.pid!) === availableParallelism())).toBe(true);
    child.kill('SIGKILL');
    expect(await eventually(() => watching(child.pid!) === 0)).toBe(true);
  });
});

test.skipIf(process.platform !== 'linux')(
  'a planted gain has the stated size and is accepted; without a gain nothing is accepted',
  { timeout: 180_000 },
  async () => {
    const { rows, steady, planted } = await inTemporaryPlace(contract, async (given) => {
      const place = { ...given, setup: { ...given.setup, world: { ...given.setup.world, env: ownCache.env, cwd } } };
      const { looping } = await programs(place.dir);
      const planted = await plant(place, looping, { workMs: 20, gainPct: 40 });
      const by = { source: 'undelayed_wall', tries: 1 } as const;
      const rows = [await tryOut(place, planted, by), await tryOut(place, nothingPlanted(planted), by)];
      const medians = await mediansOf(place, planted, 5);
      return { rows, planted, steady: steadyOf(planted, medians, medians) };
    });
    expect(planted.seenPct / 40).toBeGreaterThan(0.8);
    expect(planted.seenPct / 40).toBeLessThan(1.2);
    expect(rows.map((r) => [r.gain_pct, r.accepted, r.accepted + r.rejected + r.inconclusive])).toEqual([
      [40, 1, 1],
      [0, 0, 1],
    ]);
    expect(rows[0]!.executions).toBeGreaterThanOrEqual(24);
    expect(steady.idle.undelayed_wall / steady.idle.wall).toBeLessThanOrEqual(1);
    expect(steady.moved_pct.undelayed_wall).toBe(0);
  },
);

test('sets goals for undelayed wall time only, and prints which are reached', () => {
  const medians = { undelayed_wall: 50, wall: 60 };
  const moved = { name: 'CPU loop', gainPct: 20, seenPct: 20, base: '', candidate: '', baseMs: 50 };
  const steady = [steadyOf(moved, medians, { undelayed_wall: 51, wall: 120 })];
  const nothing = { ...row, gain_pct: 0, seen_pct: 0, accepted: 0, rejected: 20, executions: 12 };
  const larger = { ...row, program: 'larger Node program', gain_pct: 30, accepted: 0 };
  const rows = [row, { ...row, source: 'wall', accepted: 2 } as const, nothing, larger];
  const goals = goalsOf(rows, steady);
  expect(goals.map((g) => g.reached)).toEqual([true, true, true]);
  const [few, many, wrong] = [{ accepted: 18 }, { executions: 41 }, { gain_pct: 0, accepted: 1 }].map(
    (change) => goalsOf([{ ...row, ...change }], [])[0]!.reached,
  );
  expect([few, many, wrong]).toEqual([false, false, false]);
  const text = textOf({ machine: 'here', compiled: true, per_processor: 4, rows, steady, goals });
  expect(text).toMatch(/CPU loop +20 % +20\.1 % +undelayed wall +19 of 20 +0 +1 +33\.3/);
  expect(text).toMatch(/CPU loop +50\.0 +51\.0 +2\.0 % +60\.0 +120\.0 +100\.0 %/);
  expect(text).toContain('✓ CPU loop, 20 % gained: accepted in 19 of 20 or more');
});
