import { realpathSync } from 'node:fs';
import { chooseRun, runIds } from '../../record/runs.ts';

/** A run of a project: the absolute path of the project, and the run's id. */
export type Place = { project: string; run: string };

/**
 * The run that a command reads: the named one, else the active or the newest.
 * @throws no_run, no_such_run
 */
export async function findRun(cwd: string, named?: string): Promise<Place> {
  const project = await projectOf(cwd);
  return { project, run: chooseRun(project, named) };
}

/** The project of a command that only reads. Git is asked only if there are no runs, to say what is wrong. */
export async function projectOf(cwd: string): Promise<string> {
  const project = realpathSync(cwd);
  if (runIds(project).length > 0) return project;
  const { openRepo } = await import('../../git/repo.ts');
  return (await openRepo(cwd)).project;
}
