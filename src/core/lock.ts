import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { sweepTemporary } from './debris.ts';
import { makeDir, move, remove, tryLink, writeDurable } from './fs.ts';
import { bootId, startOf } from './processes.ts';
import { eightDigits } from './unique.ts';

/** Who holds a lock. `start` is the start time of the process in clock ticks: it tells a reused pid from the holder. */
export type Holder = { pid: number; start: string; boot: string; host: string; what: string };

/** A holder that lives. `since`: when it took the lock, as ISO 8601 in UTC. */
export type LiveHolder = Holder & { since: string };

/** A lock that is held. `died`: who held it before and ended without releasing it, which is how a crash is known. */
export type Lock = { release(): void; died: Holder | undefined };

/**
 * Takes the lock, or tells who holds it. No timers and no heartbeats: a holder is alive while its process is
 * (same boot, same pid, same start time), however long it is busy, stopped or asleep.
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

/** Takes a lock away whose holder is gone. */
export function dropStale(file: string): void {
  if (!exists(file)) return;
  const lock = takeLock(file, 'sweep');
  if ('release' in lock) lock.release();
}

/** What this process is known by, while it does `what`. */
export function ourselves(what: string): Holder {
  return { pid: process.pid, start: startOf(process.pid) ?? '', boot: bootId(), host: hostname(), what };
}

/** The live holder of a lock, if there is one. */
export function holderOf(file: string): LiveHolder | undefined {
  const holder = readHolder(file);
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * Puts our lock in the place of a stale one, in one step: whenever we are killed, a lock tells of a crash. Only one process at a time
 * may; without this a fresh owner's lock could be replaced.
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
    // gone already: released is released
  }
}

/** A lock is written when it is taken, and never again: the time of its file tells since when it is held. */
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
  if (holder.host !== hostname()) return true; // another machine on a shared disk: cannot tell, so believe it
  if (holder.boot !== bootId()) return false;
  const start = startOf(holder.pid);
  return start !== undefined && (holder.start === '' || start === holder.start);
}
