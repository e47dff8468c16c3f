import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from '../core/errors.ts';
import { homeOf, runLock, runPaths, runsDir } from './paths.ts';

/**
 * Refuses links in the folders that are written to, those of the run too when one is named: they may have come with a clone, and lead
 * to files that are none of ours. Profiles are left out: profilers write them, and nothing is appended to one. Throws `leads_elsewhere`.
 */
export function ownFolders(project: string, run?: string): void {
  const home = homeOf(project);
  refuseLink(home);
  const folders = [home, runsDir(project), dirname(runLock(project))];
  const { dir, samples, local } = runPaths(project, run ?? '');
  for (const folder of run === undefined ? folders : [...folders, dir, samples, local])
    if (existsSync(folder)) for (const name of readdirSync(folder)) refuseLink(join(folder, name));
}

function refuseLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw failure('leads_elsewhere', { path });
}
