import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { sep } from 'node:path';
import { runPaths, runsDir } from '../../artifact/paths.ts';

/** More than the journal or the samples of any run. */
const MOST_BYTES = 64 * 1024 ** 2;

/**
 * A file of a project that nobody named: a regular one that lies in the project itself, since a repository may hold links to anything.
 * @throws an error whose message is the reason
 */
export function ownFile(project: string, file: string): Stats {
  const stat = lstatSync(file);
  if (!stat.isFile()) throw new Error('it is no regular file');
  if (stat.size > MOST_BYTES) throw new Error(`it is longer than ${MOST_BYTES / 1024 ** 2} MB`);
  if (!realpathSync(file).startsWith(realpathSync(project) + sep)) throw new Error('it lies outside of its project');
  return stat;
}

/** The runs of a project whose journals are files, the oldest first: their names begin with their times. Nothing of them is opened. */
export function runsOnDisk(project: string): string[] {
  const isRun = (id: string) => lstatSync(runPaths(project, id).journal, { throwIfNoEntry: false })?.isFile() === true;
  try {
    return readdirSync(runsDir(project)).filter(isRun).sort();
  } catch {
    return [];
  }
}
