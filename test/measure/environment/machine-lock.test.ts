import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LiveHolder } from '../../../src/core/lock.ts';
import { measurementLock, measurementQueue } from '../../../src/measure/environment/machine-lock.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const machine = (): NodeJS.ProcessEnv => ({ XDG_CACHE_HOME: temporaryFolder() });
const nobody = { onWait: () => expect.unreachable() };

it('lets one session measure at a time; the others learn the holder and their place in the queue, and follow in order', async () => {
  const env = machine();
  const first = await measurementLock(env, 'run one', nobody);
  const told: [who: string, holder: string, before: number][] = [];
  const served: string[] = [];
  const wait = async (what: string) => {
    const onWait = (holder: LiveHolder, before: number) => told.push([what, holder.what, before]);
    const lock = await measurementLock(env, what, { onWait });
    served.push(what);
    return lock;
  };
  const second = wait('run two');
  const third = wait('run three');
  expect(measurementQueue(env)).toMatchObject({
    holder: { pid: process.pid, what: 'run one', since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
    waiting: [{ what: 'run two' }, { what: 'run three' }],
  });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(served).toEqual([]);
  expect(told).toEqual([
    ['run two', 'run one', 0],
    ['run three', 'run one', 1],
  ]);
  first?.release();
  (await second)?.release();
  (await third)?.release();
  expect(served).toEqual(['run two', 'run three']);
  expect(measurementQueue(env)).toEqual({ holder: null, waiting: [] });
  expect(readdirSync(join(env.XDG_CACHE_HOME!, 'perf-gate'), { recursive: true })).toEqual(['measure.line']);
});

it('is not overtaken by a process that arrives before the first in line has checked the lock', async () => {
  const env = machine();
  const first = await measurementLock(env, 'run one', nobody);
  const served: string[] = [];
  const wait = async (what: string) => {
    const lock = await measurementLock(env, what, { onWait: () => {} });
    served.push(what);
    lock?.release();
  };
  const second = wait('run two');
  first?.release();
  const third = wait('run three'); // the lock is free, and somebody waits for it
  await Promise.all([second, third]);
  expect(served).toEqual(['run two', 'run three']);
});

it('is given up when the signal is aborted, together with the place in the queue', async () => {
  const env = machine();
  const held = await measurementLock(env, 'run one', nobody);
  const abort = new AbortController();
  const asked = measurementLock(env, 'run two', { onWait: () => abort.abort(), signal: abort.signal });
  expect(await asked).toBeUndefined();
  expect(measurementQueue(env).waiting).toEqual([]);
  held?.release();
});
