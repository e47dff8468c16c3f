import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeEmptyDir, removeFile } from '../../core/fs.ts';
import { dayOf, isOld } from './day.ts';
import type { SentinelHome } from './home.ts';
import { idsInUse, objectsIn } from './objects-in-use.ts';
import { sentinelPaths } from './paths.ts';
import { entriesOf, named, oldIn, retention } from './retention.ts';

/** A stored file that is old enough to be removed. */
export type Old = { kind: 'session' | 'audit' | 'benchmark' | 'object'; file: string; bytes: number };

/**
 * The files that are old enough to be removed, or the reason why no file is removed. `problem`: why some files were not checked. Null if
 * all files were checked.
 */
export type Cleaning = { state: 'not_ours' } | { state: 'found'; old: Old[]; problem: string | null };

/** The number of days for which sessions are kept, and the time of the cleaning (ISO 8601). */
type Now = { sessionDays: number; now: string };

/**
 * Finds files to remove: sessions, audits and benchmarks from old days, and old copies of hooks' files that no baseline uses. Links are not
 * followed. Ignores files with other names, and folders without perf-gate's marker.
 */
export function findOld(home: SentinelHome, { sessionDays, now }: Now): Cleaning {
  if (!isOurs(home)) return { state: 'not_ours' };
  const paths = sentinelPaths(home);
  const { files: objects, problem } = oldObjects(paths, now);
  return {
    state: 'found',
    old: [
      ...oldSessions(home, { sessionDays, now }),
      ...of('audit', oldIn(paths.audits, named.audits, retention.audits, now)),
      ...of('benchmark', oldIn(paths.benchmarks, named.benchmarks, retention.benchmarks, now)),
      ...of('object', objects),
    ],
    problem,
  };
}

/** Whether the folder has perf-gate's marker. */
const isOurs = (home: SentinelHome): boolean =>
  lstatSync(sentinelPaths(home).marker, { throwIfNoEntry: false })?.isFile() === true;

/** Finds only the sessions that are old enough to be removed. Empty if the folder does not have perf-gate's marker. */
export function oldSessions(home: SentinelHome, { sessionDays, now }: Now): Old[] {
  if (!isOurs(home)) return [];
  const days = oldIn(sentinelPaths(home).sessions, named.sessions, sessionDays, now);
  return of(
    'session',
    days.flatMap((day) => inside(day).filter((file) => /\/[\w-]{1,64}\.json$/.test(file))),
  );
}

const of = (kind: Old['kind'], files: readonly string[]): Old[] =>
  files.flatMap((file) => {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    return stat?.isFile() ? [{ kind, file, bytes: stat.size }] : [];
  });

/** Removes the files, and then the folders that became empty. */
export function removeOld(old: readonly Old[]): void {
  for (const { file } of old) removeFile(file);
  for (const folder of new Set(
    old.map(({ kind, file }) => (kind === 'session' || kind === 'object' ? dirname(file) : '')),
  )) {
    if (folder !== '') removeEmptyDir(folder);
  }
}

const inside = (folder: string): string[] => entriesOf(folder).map((name) => join(folder, name));

function oldObjects(
  { objects, baselines }: { objects: string; baselines: string },
  now: string,
): { files: string[]; problem: string | null } {
  const all = objectsIn(objects);
  const aged = all.filter(({ file }) => isOld(dayOf(lstatSync(file).mtime.toISOString()), retention.objects, now));
  if (aged.length === 0) return { files: [], problem: null };
  try {
    const used = idsInUse(baselines, all);
    return { files: aged.filter(({ id }) => !used.has(id)).map(({ file }) => file), problem: null };
  } catch (error) {
    return { files: [], problem: (error as Error).message };
  }
}
