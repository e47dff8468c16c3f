import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userCache } from '../../core/assets.ts';
import { lineIn, lineUp, type PlaceInLine } from '../../core/line.ts';
import { holderOf, type LiveHolder, type Lock, takeLock } from '../../core/lock.ts';

const pollMs = 500;

/** Who measures on this machine, and who waits for it, the next one first. */
type MeasurementQueue = { holder: LiveHolder | null; waiting: LiveHolder[] };

/** The queue as it is now; nothing is changed. */
export function measurementQueue(env: NodeJS.ProcessEnv): MeasurementQueue {
  const { lock, line } = placesOf(env);
  return { holder: holderOf(lock) ?? null, waiting: lineIn(line) };
}

/** `onWait` is told who measures, and how many wait before us, whenever that changes. */
type Wait = { onWait(holder: LiveHolder, before: number): void; signal?: AbortSignal };

/**
 * Waits until nobody else of this user measures on this machine, and takes the lock: two sessions at a time would
 * measure each other. Who comes first is served first. Undefined when the signal was raised before.
 */
export async function measurementLock(env: NodeJS.ProcessEnv, what: string, wait: Wait): Promise<Lock | undefined> {
  const { lock, line } = placesOf(env);
  if (wait.signal?.aborted) return undefined;
  if (lineIn(line).length === 0) {
    const got = takeLock(lock, what);
    if ('release' in got) return got;
  }
  const place = lineUp(line, what);
  try {
    return await turn(place, { lock, what }, wait);
  } finally {
    place.leave();
  }
}

/** Looks without writing while somebody measures: a waiter must not be felt in what it waits for. */
async function turn(
  place: PlaceInLine,
  { lock, what }: { lock: string; what: string },
  { onWait, signal }: Wait,
): Promise<Lock | undefined> {
  let told = '';
  while (!signal?.aborted) {
    const before = place.before();
    const holder = holderOf(lock);
    if (!holder && before.length === 0) {
      const got = takeLock(lock, what);
      if ('release' in got) return got;
    }
    if (holder) {
      const seen = `${holder.pid} ${holder.since} ${before.length}`;
      if (seen !== told) onWait(holder, before.length);
      told = seen;
    }
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
  return undefined;
}

function placesOf(env: NodeJS.ProcessEnv): { lock: string; line: string } {
  const cache = userCache(env);
  return { lock: join(cache, 'measure.lock'), line: join(cache, 'measure.line') };
}
