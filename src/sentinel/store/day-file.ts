import { join } from 'node:path';
import { isFailure } from '../../core/errors.ts';
import { removeFile, writeWhole } from '../../core/fs.ts';
import { readUserFile } from '../../core/user-file.ts';
import { dayOf } from './day.ts';
import type { SentinelHome } from './home.ts';
import { openCache } from './open.ts';
import { sentinelPaths } from './paths.ts';
import { entriesOf, named, oldIn, retention } from './retention.ts';

/** The largest number of entries and of bytes in a day's file. Both limits are low because every reader reads the whole file. */
const MOST_ENTRIES = 50;
const MOST_BYTES = 64 * 1024 ** 2;

type Kind = 'audits' | 'benchmarks';

/** The file in which a result was stored, or the reason why the result was not stored. */
export type Kept = { file: string; problem: null } | { file: null; problem: string };

/**
 * Adds an entry at the end of a day's file, and removes the entries that the new entry replaces. Also removes the files of days that are
 * too old. A failure is returned and not thrown, because the caller prints the result even if the result could not be stored. If two
 * processes store entries at the same moment, one entry can be lost. `now`: ISO 8601.
 */
export function keepInDay<Entry>(
  home: SentinelHome,
  kind: Kind,
  { entry, replaces, now }: { entry: Entry; replaces: (before: unknown) => boolean; now: string },
): Kept {
  const folder = sentinelPaths(home)[kind];
  const file = join(folder, fileOf[kind](dayOf(now)));
  try {
    openCache(home);
    for (const old of oldIn(folder, named[kind], retention[kind], now)) removeFile(old);
    const others = readDay(file).filter((before) => !replaces(before));
    writeWhole(file, `${JSON.stringify([...others, entry].slice(-MOST_ENTRIES))}\n`);
    return { file, problem: null };
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException;
    if (isFailure(error) || syscall) return { file: null, problem: message };
    throw error;
  }
}

const fileOf: Record<Kind, (day: string) => string> = {
  audits: (day) => `${day}.json`,
  benchmarks: (day) => `hooks-${day}.json`,
};

/** All stored entries of all days, unchecked, the newest first. */
export function* keptEntries(home: SentinelHome, kind: Kind): Generator<unknown> {
  const folder = sentinelPaths(home)[kind];
  const files = entriesOf(folder).filter((name) => named[kind].test(name));
  for (const name of files.reverse()) yield* readDay(join(folder, name)).reverse();
}

/** The entries of a day, unchecked. Empty if the day's file is missing or contains no list. */
function readDay(file: string): unknown[] {
  try {
    const read: unknown = JSON.parse(readUserFile(file, MOST_BYTES).toString('utf8'));
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}
