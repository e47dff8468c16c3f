import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { sep } from 'node:path';
import { runPaths, runsDir } from '../../artifact/paths.ts';

/** The largest accepted file in bytes. The journal and the samples of a run are smaller. */
const MOST_BYTES = 64 * 1024 ** 2;

/**
 * Checks a file that perf-gate itself found in a project. The file must be a regular file inside the project, because a repository may
 * contain links to anywhere. @throws an error with the reason as its message
 */
export function ownFile(project: string, file: string): Stats {
  const stat = lstatSync(file);
  if (!stat.isFile()) throw new Error('it is not a regular file');
  if (stat.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / 1024 ** 2} MB`);
  if (!realpathSync(file).startsWith(realpathSync(project) + sep)) throw new Error('it is outside of its project');
  return stat;
}

/**
 * The ids of a project's runs whose journals are regular files, the oldest first. The ids begin with the time of the run, so the order of
 * ids is the order of time. No file is opened.
 */
export function runsOnDisk(project: string): string[] {
  const isRun = (id: string) => lstatSync(runPaths(project, id).journal, { throwIfNoEntry: false })?.isFile() === true;
  try {
    return readdirSync(runsDir(project)).filter(isRun).sort();
  } catch {
    return [];
  }
}
