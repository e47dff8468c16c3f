import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Holder } from '../../src/core/lock.ts';
import { measurementLock } from '../../src/measure/measurement-lock.ts';
import { dir } from './setup.ts';

const env = { XDG_CACHE_HOME: join(dir, 'locks') };

it('lets one session measure at a time; the next waits, is told for whom, and then gets it', async () => {
  const first = await measurementLock(env, 'run one', { onWait: () => expect.unreachable() });
  const told: Holder[] = [];
  let second: unknown = 'waiting';
  const waiting = measurementLock(env, 'run two', { onWait: (holder) => told.push(holder) }).then((lock) => {
    second = lock;
    return lock;
  });
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(second).toBe('waiting');
  expect(told).toMatchObject([{ pid: process.pid, what: 'run one' }]);
  first?.release();
  expect(await waiting).toMatchObject({ release: expect.any(Function) });
  (await waiting)?.release();
});

it('is given up when the signal is raised', async () => {
  const held = await measurementLock(env, 'run one', { onWait: () => {} });
  const abort = new AbortController();
  expect(await measurementLock(env, 'run two', { onWait: () => abort.abort(), signal: abort.signal })).toBeUndefined();
  held?.release();
});
