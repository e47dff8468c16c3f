import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userCache } from '../../core/locate.ts';
import { dropStale, holderOf, type LiveHolder, type Lock, takeLock } from '../../core/lock.ts';
import { joinQueue, type PlaceInQueue, queueIn } from '../../core/queue.ts';
import { isOurTitle } from '../../core/title.ts';

const pollMs = 500;

/**
 * The process that measures on this machine now (`holder`), and the processes that wait for their turn (`waiting`), in the order of their
 * turns.
 */
type MeasurementQueue = { holder: LiveHolder | null; waiting: LiveHolder[] };

/** Reads the queue without changing it. */
export function measurementQueue(env: NodeJS.ProcessEnv): MeasurementQueue {
  const { lock, line } = placesOf(env);
  return { holder: holderOf(lock) ?? null, waiting: queueIn(line) };
}

/** Removes the lock of a process that was killed while it measured. Otherwise the lock would stay until the next measurement begins. */
export const dropDeadTurn = (env: NodeJS.ProcessEnv) => dropStale(placesOf(env).lock);

/** `onWait` is called when the lock's holder changes, and when the number of processes before this one in the queue changes. */
type Wait = { onWait(holder: LiveHolder, before: number): void; signal?: AbortSignal };

/**
 * Takes the lock of this user's measurements on this machine, because two sessions at the same time would disturb each other. If the lock
 * is taken, waits for it. Waiting processes get the lock in the order in which they called this function. `what`: the name of this
 * measurement, which waiting processes print. Returns undefined if the signal is aborted during the wait.
 */
export async function measurementLock(env: NodeJS.ProcessEnv, what: string, wait: Wait): Promise<Lock | undefined> {
  const { lock, line } = placesOf(env);
  if (wait.signal?.aborted) return undefined;
  if (queueIn(line).length === 0) {
    const got = takeLock(lock, what);
    if ('release' in got) return got;
  }
  const place = joinQueue(line, what);
  try {
    // this check takes time, so this process joins the queue first: no later process can then overtake it
    if (await isWithinTurn(lock)) return { release: () => {}, died: undefined };
    return await turn(place, { lock, what }, wait);
  } finally {
    place.leave();
  }
}

/**
 * Whether the lock's holder is a perf-gate command that started this process. Such a holder waits for this process, so this process must
 * not wait for it.
 */
async function isWithinTurn(lock: string): Promise<boolean> {
  const holder = holderOf(lock);
  if (!holder || holder.pid === process.pid || holder.host !== hostname()) return false;
  const { lineage } = await import('../../core/lineage.ts'); // imported only here: `status` imports this file, but never needs `lineage`
  return (await lineage()).some(({ pid, words }) => pid === holder.pid && isOurTitle(words));
}

/**
 * Waits for this process's turn. While another session measures, this function only reads files, because other work would disturb that
 * session.
 */
async function turn(
  place: PlaceInQueue,
  { lock, what }: { lock: string; what: string },
  { onWait, signal }: Wait,
): Promise<Lock | undefined> {
  let reported = '';
  while (!signal?.aborted) {
    const before = place.before();
    const holder = holderOf(lock);
    if (!holder && before.length === 0) {
      const got = takeLock(lock, what);
      if ('release' in got) return got;
    }
    if (holder) {
      const seen = `${holder.pid} ${holder.since} ${before.length}`;
      if (seen !== reported) onWait(holder, before.length);
      reported = seen;
    }
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
  return undefined;
}

function placesOf(env: NodeJS.ProcessEnv): { lock: string; line: string } {
  const cache = userCache(env);
  return { lock: join(cache, 'measure.lock'), line: join(cache, 'measure.line') };
}
