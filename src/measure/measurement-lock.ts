import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Holder, type Lock, takeLock } from '../core/lock.ts';
import { userCache } from './cache.ts';

const pollMs = 500;

/**
 * Waits until nobody else of this user measures on this machine, and takes the lock: two sessions at a time would
 * measure each other. `onWait` is told who holds it, once per holder. Undefined when the signal was raised first.
 */
export async function measurementLock(
  env: NodeJS.ProcessEnv,
  what: string,
  wait: { onWait(holder: Holder): void; signal?: AbortSignal },
): Promise<Lock | undefined> {
  const file = join(userCache(env), 'measure.lock');
  let told = '';
  while (!wait.signal?.aborted) {
    const got = takeLock(file, what);
    if ('release' in got) return got;
    const holder = `${got.heldBy.pid} ${got.heldBy.start}`;
    if (holder !== told) wait.onWait(got.heldBy);
    told = holder;
    await sleep(pollMs, undefined, wait.signal ? { signal: wait.signal } : {}).catch(() => {});
  }
  return undefined;
}
