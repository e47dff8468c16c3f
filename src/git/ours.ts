import { join } from 'node:path';
import type { Repo } from './repo.ts';

/** True for everything in a `.perf-gate` folder, at any depth: it is neither measured, committed nor reverted. */
export function isOurs(path: string): boolean {
  return path.split('/').includes('.perf-gate');
}

/** Where contents are written before they take their place in the work tree: on the same file system, and out of everybody's sight. */
export const stagingOf = ({ project }: Pick<Repo, 'project'>) => join(project, '.perf-gate', 'local');
