import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/core/clock.ts';
import type { SessionPlan } from '../../../src/measure/sessions/plan.ts';
import type { Sample } from '../../../src/measure/sessions/sample.ts';
import { type Hooks, runSession } from '../../../src/measure/sessions/session.ts';
import { dir, env, instrument } from '../setup.ts';

/** Two real arms, each with its own folder; every execution adds the arm's name to one log that both share. */
export type Ground = {
  arms: Record<'base' | 'candidate', { dir: string; env: Record<string, string> }>;
  log(): string[];
};

export function ground(): Ground {
  const root = mkdtempSync(join(dir, 'session-'));
  const log = join(root, 'log');
  const arm = (name: string, letter: string) => {
    const folder = join(root, letter);
    mkdirSync(folder);
    return { dir: folder, env: { ...env, ARM: name, LOG: log } };
  };
  return {
    arms: { base: arm('base', 'b'), candidate: arm('candidate', 'c') },
    log: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}

export const plan: SessionPlan = {
  id: 'screen-1',
  seed: 'a seed',
  command: { script: 'echo $ARM >> $LOG; echo METRIC n=5', shell: 'auto', timeout_s: 10 },
  warmup_runs: 1,
  metrics: [
    { name: 'wall_ms', unit: 'ms', source: 'wall' },
    { name: 'n', unit: '', source: { stdout: 'metric', key: 'n' } },
  ],
  looks: [2, 4],
  order: 'interleaved',
};

/** Runs the session on the ground, going on at every look unless told otherwise, and keeps what the hooks were given. */
export async function run(
  on: Partial<Ground['arms']>,
  change: Partial<SessionPlan> = {},
  hooks: Partial<Hooks> = {},
  signal?: AbortSignal,
) {
  const samples: Sample[] = [];
  const looks: number[] = [];
  const arms = { base: on.base ?? null, candidate: on.candidate ?? null };
  const tools = { instrument: await instrument(), clock: systemClock, ...(signal ? { signal } : {}) };
  const session = await runSession({ ...plan, ...change }, arms, tools, {
    already: hooks.already ?? [],
    onProgress: hooks.onProgress ?? (() => {}),
    decide: (seen) => {
      looks.push(seen.length);
      return hooks.decide?.(seen) ?? 'continue';
    },
    onSample: (sample, fresh) => {
      if (fresh) samples.push(sample);
      return hooks.onSample?.(sample, fresh) ?? 'continue';
    },
  });
  return { session, samples, looks };
}
