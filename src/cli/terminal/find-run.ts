import { chooseRun, comparisonIds, runIds } from '../../record/runs.ts';
import { projectOfRuns } from '../project.ts';

/** A run of a project: the absolute path of the project, and the run's id. */
export type Place = { project: string; run: string };

/**
 * The run that a command reads. If the user named no run, this is the active run. Without an active run, it is the newest run.
 * @throws no_run, unknown_run, run_is_comparison
 */
export async function findRun(cwd: string, named?: string): Promise<Place> {
  const project = await projectOf(cwd);
  return { project, run: chooseRun(project, named) };
}

/**
 * The run or the comparison that a command reads. If the user named neither, this is the active run. Without an active run, it is the
 * newest run.
 */
export async function findRecord(
  cwd: string,
  named?: string,
): Promise<Place | { project: string; comparison: string }> {
  const project = await projectOf(cwd);
  if (named !== undefined && !runIds(project).includes(named) && comparisonIds(project).includes(named))
    return { project, comparison: named };
  return { project, run: chooseRun(project, named) };
}

/** The project of a command that only reads. @throws the errors of `openRepo`, if the project holds neither a run nor a comparison */
export async function projectOf(cwd: string): Promise<string> {
  const project = projectOfRuns(cwd);
  if (runIds(project).length > 0 || comparisonIds(project).length > 0) return project;
  const { openRepo } = await import('../../git/repo.ts');
  return (await openRepo(cwd)).project;
}
