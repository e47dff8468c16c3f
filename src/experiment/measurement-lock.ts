import { hostname } from 'node:os';
import { failure } from '../core/errors.ts';
import type { LiveHolder } from '../core/lock.ts';
import { moment } from '../core/units.ts';
import type { World } from '../core/world.ts';
import { measurementLock } from '../measure/environment/machine-lock.ts';

/**
 * Runs `act` while no other process on this machine measures. While this process waits for the lock, it reports the lock's holder. `what`
 * describes the work to other processes that wait.
 * @throws interrupted
 */
export async function withMeasurementLock<T>(world: World, what: string, act: () => Promise<T>): Promise<T> {
  const lock = await measurementLock(world.env, what, {
    onWait: (holder, before) => world.notify({ kind: 'note', text: waitingText(holder, before) }),
    signal: world.signal,
  });
  if (!lock) throw failure('interrupted');
  try {
    return await act();
  } finally {
    lock.release();
  }
}

function waitingText(holder: LiveHolder, before: number): string {
  const others =
    before === 0
      ? ''
      : before === 1
        ? '; one more process waits before this one'
        : `; ${before} more processes wait before this one`;
  return `Waiting to measure: ${holderText(holder)}${others}.`;
}

/** A process that holds a lock, or waits for it. `since` is an ISO 8601 time in UTC. */
export type Holding = Pick<LiveHolder, 'pid' | 'host' | 'since' | 'what'>;

/** `pid 4711 since 2026-11-21 09:34:05 UTC (baseline in /home/you/report)` */
export function holderText({ pid, host, since, what }: Holding): string {
  const where = host === hostname() ? '' : ` on ${host}`;
  return `pid ${pid}${where} since ${moment(since)} (${what})`;
}
