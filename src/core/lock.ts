import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { eightDigits, makeDir, move, remove, tryLink, writeDurable } from './fs.ts';
import { bootId, startOf } from './processes.ts';
import { sweepTemporary } from './temporary-files.ts';

/**
 * The process that holds a lock. `start`: the start time of the process in clock ticks, by which a later process with the same pid is
 * recognised.
 */
export type Holder = { pid: number; start: string; boot: string; host: string; what: string };

/** A living holder. `since`: the time at which the holder took the lock, ISO 8601 in UTC. */
export type LiveHolder = Holder & { since: string };

/** A lock that this process holds. `died`: the previous holder, if that process ended without releasing the lock. */
export type Lock = { release(): void; died: Holder | undefined };

/**
 * Takes the lock, or returns its holder. A lock is held as long as the process of its holder exists (same boot, same pid, same start time),
 * even if the process is busy, stopped or asleep for a long time. A lock therefore has no time limit.
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

/** Removes a lock if the process of its holder has ended. */
export function dropStale(file: string): void {
  if (!exists(file)) return;
  const lock = takeLock(file, 'sweep');
  if ('release' in lock) lock.release();
}

/** The description of this process as the holder of a lock. `what`: what the process does. */
export function ourselves(what: string): Holder {
  return { pid: process.pid, start: startOf(process.pid) ?? '', boot: bootId(), host: hostname(), what };
}

/** The living holder of a lock. Undefined if the lock has no living holder. */
export function holderOf(file: string): LiveHolder | undefined {
  const holder = readHolder(file);
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * Replaces a stale lock with this process's lock in one step. So there is always a lock file, even if this process is killed at that
 * moment, and the next process sees that a holder crashed. A second lock, the guard, lets only one process at a time replace a stale lock.
 * Without the guard, two processes could notice the stale lock at the same time. The second one would then replace the new lock of the
 * first.
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

/** Reads a lock. A lock's file is never changed after the lock is taken, so `since` is the modification time of the file. */
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
  // on a shared disk, the holder can be a process of another machine, whose state is unknown: it counts as alive
  if (holder.host !== hostname()) return true;
  if (holder.boot !== bootId()) return false;
  const start = startOf(holder.pid);
  return start !== undefined && (holder.start === '' || start === holder.start);
}
