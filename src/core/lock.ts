import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { sweepTemporary } from './debris.ts';
import { makeDir, move, remove, tryLink, writeDurable } from './fs.ts';
import { bootId, startOf } from './processes.ts';

/** Who holds a lock. `start` is the start time of the process in clock ticks: it tells a reused pid from the holder. */
export type Holder = { pid: number; start: string; boot: string; host: string; what: string };

/** A lock that is held. `died`: who held it before and ended without releasing it, which is how a crash is known. */
export type Lock = { release(): void; died: Holder | undefined };

/**
 * Takes the lock, or tells who holds it. No timers and no heartbeats: a holder is alive while its process is
 * (same boot, same pid, same start time), however long it is busy, stopped or asleep.
 */
export function takeLock(file: string, what: string): Lock | { heldBy: Holder } {
  makeDir(dirname(file));
  const mine: Holder = { pid: process.pid, start: startOf(process.pid) ?? '', boot: bootId(), host: hostname(), what };
  const text = JSON.stringify(mine);
  const candidate = join(dirname(file), `.lock.${process.pid}.${randomBytes(4).toString('hex')}`);
  writeDurable(candidate, text);
  sweepTemporary(dirname(file));
  let died: Holder | undefined;
  try {
    for (let tries = 0; tries < 20; tries++) {
      if (tryLink(candidate, file)) return { release: () => releaseIfMine(file, text), died };
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { heldBy: holder };
      died = holder ?? died;
      breakStale(file, candidate);
    }
    return { heldBy: readHolder(file) ?? mine };
  } finally {
    remove(candidate);
  }
}

/** The live holder of a lock, if there is one. */
export function holderOf(file: string): Holder | undefined {
  const holder = readHolder(file);
  return holder && isAlive(holder) ? holder : undefined;
}

/** Only one process at a time may break a stale lock; without this a fresh owner's lock could be moved away. */
function breakStale(file: string, candidate: string): void {
  const guard = `${file}.breaking`;
  if (!tryLink(candidate, guard)) {
    const breaker = readHolder(guard);
    if (!breaker || !isAlive(breaker)) remove(guard);
    return;
  }
  try {
    const holder = readHolder(file);
    if (exists(file) && !(holder && isAlive(holder))) {
      const aside = `${candidate}.stale`;
      move(file, aside);
      remove(aside);
    }
  } finally {
    remove(guard);
  }
}

function releaseIfMine(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) remove(file);
  } catch {
    // gone already: released is released
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true; // another machine on a shared disk: cannot tell, so believe it
  if (holder.boot !== bootId()) return false;
  const start = startOf(holder.pid);
  return start !== undefined && (holder.start === '' || start === holder.start);
}
