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
 * Calls `act`. Handles the removal of a run's folder while the run works. Without the folder, the run can neither
 * continue nor revert anything. The run's arms
 * are removed, and the error explains the situation.
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

/** The runs of a project without a journal, although git still has the snapshots of these runs. */
export async function runsGone(repo: Repo): Promise<string[]> {
  const known = await foldersOfRuns(repo);
  const ours = known.filter(({ folder }) => relative(join(repo.root, folder), repo.project) === '');
  return ours.map(({ run }) => run).filter((run) => !existsSync(runPaths(repo.project, run).journal));
}
