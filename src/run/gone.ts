import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runPaths } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import { remove } from '../core/fs.ts';
import { armsFolder } from '../experiment/arms-folder.ts';
import { foldersOfRuns } from '../git/refs.ts';
import type { Repo } from '../git/repo.ts';
import type { RunView } from '../record/state.ts';

/**
 * Calls `act`. If the run's folder was removed meanwhile, removes the run's arms and explains the error. Without the folder, the run can
 * neither continue nor revert anything.
 * @throws run_gone
 */
export async function whileThere<T>({ paths, state, repo, world }: RunView, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (existsSync(paths.journal)) throw error;
    remove(armsFolder(world.env, repo.project, state.run));
    throw failure('run_gone', { run: state.run, folder: relative(repo.root, paths.dir) });
  }
}

/** The ids of the project's runs whose folders are gone, although git still has their snapshots. */
export async function runsGone(repo: Repo): Promise<string[]> {
  const known = await foldersOfRuns(repo);
  const ours = known.filter(({ folder }) => relative(join(repo.root, folder), repo.project) === '');
  return ours.map(({ run }) => run).filter((run) => !existsSync(runPaths(repo.project, run).journal));
}
