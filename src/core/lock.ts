import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { eightDigits, makeDir, move, remove, tryLink, writeDurable } from './fs.ts';
import { bootId, startOf } from './processes.ts';
import { sweepTemporary } from './temporary-files.ts';

/** The holder of a lock. `start`: start time of the process in clock ticks, which distinguishes it from a later process with its pid. */
export type Holder = { pid: number; start: string; boot: string; host: string; what: string };

/** A living holder. `since`: the time at which the holder took the lock, ISO 8601 in UTC. */
export type LiveHolder = Holder & { since: string };

/** A lock that this process holds. `died`: the previous holder, if that process ended without releasing the lock. */
export type Lock = { release(): void; died: Holder | undefined };

/**
 * Takes the lock, or returns its holder. Locks have no timers and no heartbeats. A holder is alive as long as its process exists (same
 * boot, same pid, same start time), even if the process is busy, stopped or asleep for a long time.
 */
export function takeLock(file: string, what: string): Lock | { heldBy: LiveHolder } {
  makeDir(dirname(file));
  const text = JSON.stringify(ourselves(what));
  const candidate = join(dirname(file), `.lock.${process.pid}.${eightDigits()}`);
  writeDurable(candidate, text);
  sweepTemporary(dirname(file));
  let died: Holder | undefined;
  try {
    for (let tries = 0; tries < 20; tries++) {
      if (tryLink(candidate, file)) return { release: () => releaseIfMine(file, text), died };
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { heldBy: holder };
      died = holder ?? died;
      if (takeOver(file, candidate)) return { release: () => releaseIfMine(file, text), died };
    }
    return { heldBy: readHolder(file) ?? readHolder(candidate)! };
  } finally {
    remove(candidate);
  }
}

/** Removes a lock whose holder is dead. */
export function dropStale(file: string): void {
  if (!exists(file)) return;
  const lock = takeLock(file, 'sweep');
  if ('release' in lock) lock.release();
}

/** The description of this process as a holder of the lock; `what` says what the process does. */
export function ourselves(what: string): Holder {
  return { pid: process.pid, start: startOf(process.pid) ?? '', boot: bootId(), host: hostname(), what };
}

/** The living holder of a lock. Undefined if the lock has no living holder. */
export function holderOf(file: string): LiveHolder | undefined {
  const holder = readHolder(file);
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * Replaces a stale lock with this process's lock in one step. This process can therefore be killed at any moment without losing the
 * record of a crash. A second lock, the guard, lets one process at a time replace a stale lock. Otherwise a process could replace the
 * lock of a new owner.
 */
function takeOver(file: string, candidate: string): boolean {
  const guard = `${file}.breaking`;
  if (!tryLink(candidate, guard)) {
    const breaker = readHolder(guard);
    if (!breaker || !isAlive(breaker)) remove(guard);
    return false;
  }
  try {
    const holder = readHolder(file);
    if (!exists(file) || (holder && isAlive(holder))) return false;
    move(candidate, file);
    return true;
  } finally {
    remove(guard);
  }
}

function releaseIfMine(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) remove(file);
  } catch {
    // the file is gone, so the lock is released
  }
}

/** Reads a lock. The file of a lock is written only when the lock is taken, so the file's modification time is `since`. */
function readHolder(file: string): LiveHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder | null;
    return holder ? { ...holder, since: statSync(file).mtime.toISOString() } : undefined;
  } catch {
    return undefined;
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true; // a holder on another machine (shared disk) counts as alive, because its state is unknown
  if (holder.boot !== bootId()) return false;
  const start = startOf(holder.pid);
  return start !== undefined && (holder.start === '' || start === holder.start);
}
