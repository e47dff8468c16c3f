import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { contractFor, durationOf, session } from '../../benchmarks/gate/attempt.ts';
import { type Figures, figuresOf } from '../../benchmarks/gate/figures.ts';
import { gaussian, type Machine } from '../../benchmarks/gate/noise.ts';
import { inTemporaryPlace } from '../../benchmarks/shared/bench.ts';
import { judgedSession } from '../../src/experiment/session.ts';
import { noFigures } from '../../src/measure/instruments/figures.ts';
import type { Instrument } from '../../src/measure/instruments/instrument.ts';
import { ordinaryPoints } from '../../src/stats/design.ts';
import { looks } from '../../src/stats/looks.ts';
import { seededRandom } from '../../src/stats/rng.ts';

describe('the quick calibration', () => {
  let figures: Figures;
  beforeAll(async () => {
    const effort = { runs: 20, powerAttempts: 100, rated: 200, seed: 'perf-gate' };
    figures = await figuresOf({ quick: true, effort, runs: {} }, '');
  });

  test('runs of ten insufficient attempts accept any of them in at most one run of twenty', () => {
    for (const row of figures.gate) expect(row.falseRuns.count, row.machine).toBeLessThanOrEqual(1);
    for (const row of figures.gate) expect(row.falseRunsNoEffect, row.machine).toEqual({ of: 20, count: 0 });
  });

  test('every other procedure accepts such changes in most runs on the same machines', () => {
    for (const name of ['means, 2 sigma', 'benchstat 10+10', 'one baseline']) {
      const rows = figures.rivals.filter((r) => r.rival === name);
      const wrong = rows.reduce((sum, r) => sum + r.falseRuns.count, 0);
      expect(wrong / (rows.length * 20), name).toBeGreaterThan(0.5);
    }
  });

  test('with independent noise of 5 %, changes of 1.5 and 2 thresholds are detected, and clear cases take few executions', () => {
    const rows = figures.gate.filter((r) => r.machine === gaussian(5).name);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row.power[1.5].count).toBeGreaterThan(70);
      expect(row.power[2].count).toBeGreaterThan(92);
      expect(row.executions.noEffect).toBeLessThan(13);
      expect(row.executions.twice).toBeLessThan(40);
      expect(row.rejectedUnproved.count).toBe(0);
    }
  });
});

describe('the simulation uses the code of real sessions', () => {
  const cache = mkdtempSync(join(tmpdir(), 'perf-gate-cache-'));
  beforeAll(() => vi.stubEnv('XDG_CACHE_HOME', cache));
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });

  test.each([0, 14, 20])('a change of %i per cent has the same session in the gate itself', async (truth) => {
    const contract = contractFor(10);
    const name = 'mann_whitney';
    const alpha = contract.significance.alpha;
    const machine = () => gaussian(5).make(seededRandom(`a machine ${truth}`));
    const simulated = session({ contract, test: name }, { alpha, id: 'benchmark/one', truth, machine: machine() });

    const real = await inTemporaryPlace(contract, ({ setup, arm }) => {
      const arms = { base: arm('base'), candidate: arm('candidate') };
      const instrument = pretending(machine(), truth, arms.candidate.dir);
      const planned = looks(ordinaryPoints, alpha, name, 2);
      const plan = { id: 'one', label: 'one', arms, looks: planned, test: name, decides: true } as const;
      return judgedSession({ ...setup, instrument }, plan);
    });
    const { base, candidate, pairs, executions, stopped, judgement } = simulated;
    expect(real.data).toMatchObject({ base, candidate, pairs, executions, stopped });
    expect(real.data.judgement).toEqual(judgement);
  });
});

/** An instrument that takes its readings from the simulated machine, and starts no process. */
function pretending(machine: Machine, truth: number, candidate: string): Instrument {
  const rest = { ...noFigures, exit_code: 0, signal: null, exec_error: null };
  return {
    method: 'native',
    sees: ['wall_ms'],
    supervise: null,
    async measure({ cwd }) {
      const wall_ms = durationOf({ arm: cwd === candidate ? 'candidate' : 'base' }, { truth, machine });
      return { ...rest, wall_ms, timed_out: false, left_behind: 0 };
    },
  };
}
