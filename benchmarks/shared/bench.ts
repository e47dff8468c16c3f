import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractSchema } from '../../src/contract/schema/contract.ts';
import { systemClock } from '../../src/core/clock.ts';
import { makeDir, remove } from '../../src/core/fs.ts';
import type { Setup } from '../../src/experiment/setup.ts';
import { findInstrument } from '../../src/measure/instruments/find.ts';
import type { Arm } from '../../src/measure/sessions/arm.ts';

export type Place = {
  dir: string;
  /** A folder with its own environment, in which programs run. */
  arm(name: string): Arm;
  setup: Setup;
};

/** Runs `act` with everything that the gate needs to measure programs in a temporary folder without a repository; then removes the folder. */
export async function inTemporaryPlace<T>(contract: object, act: (place: Place) => Promise<T>): Promise<T> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-bench-')));
  const world = { cwd: dir, env: process.env, clock: systemClock, notify() {}, signal: new AbortController().signal };
  const arm = (name: string): Arm => {
    const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TMPDIR: join(dir, `${name}-tmp`) };
    makeDir(join(dir, name));
    makeDir(env.TMPDIR);
    return { dir: join(dir, name), env };
  };
  try {
    const setup: Setup = {
      project: dir,
      world,
      contract: contractSchema.parse({ version: 1, ...contract }),
      instrument: await findInstrument(process.env),
      redact: (text) => text,
      samples: join(dir, 'samples'),
      seed: 'benchmark',
    };
    return await act({ dir, arm, setup });
  } finally {
    remove(dir);
  }
}
