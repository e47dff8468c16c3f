import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../../core/errors.ts';
import { makeDir, setMode, writeWhole } from '../../core/fs.ts';
import { oneLine } from '../../core/text.ts';
import type { SentinelHome } from './home.ts';
import { sentinelPaths } from './paths.ts';

const MARK =
  'perf-gate sentinel stores its results in this folder, and removes old ones: `perf-gate sentinel clean`.\n';

/** The names of the sentinel's own files and folders in the cache. Any other name belongs to another program. */
const ours = new Set(['.perf-sentinel', 'config.json', 'sessions', 'audits', 'benchmarks', 'baselines', 'plans']);

/** Files that the operating system or a killed perf-gate process can leave behind. */
const nobodys = /^\.(?:.+\.tmp|DS_Store)$/;

/**
 * Makes the cache folder with its marker, so that files can be written. A folder that contains other files gets no marker. Without this
 * rule, a wrong `PERF_SENTINEL_HOME` could make `clean` remove a user's own files.
 * @throws sentinel_home_taken, leads_elsewhere
 */
export function openCache(home: SentinelHome): void {
  const { marker, ...paths } = sentinelPaths(home);
  refuseLinks([paths.sessions, paths.audits, paths.benchmarks, paths.linkedBaselines, dirname(paths.plan)]);
  if (existsSync(marker)) return;
  if (existsSync(home.cache)) {
    const foreign = readdirSync(home.cache).find((name) => !ours.has(name) && !nobodys.test(name));
    if (foreign !== undefined) throw failure('sentinel_home_taken', { folder: home.cache, foreign: oneLine(foreign) });
  } else {
    makeDir(home.cache);
    setMode(home.cache, 0o700); // readable only by the user: the cache contains the paths of the user's projects
  }
  writeWhole(marker, MARK);
}

/** @throws leads_elsewhere: one of the folders is a link, so files would be written elsewhere */
export function refuseLinks(folders: readonly string[]): void {
  for (const path of folders)
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw failure('leads_elsewhere', { path });
}
