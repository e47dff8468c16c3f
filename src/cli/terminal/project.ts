import { realpathSync } from 'node:fs';
import { runIds } from '../../record/runs.ts';

/** The project of a command that only reads its runs. Git is asked only where there are none, to say what is wrong. */
export async function projectOf(cwd: string): Promise<string> {
  const project = realpathSync(cwd);
  if (runIds(project).length > 0) return project;
  const { openRepo } = await import('../../git/repo.ts');
  return (await openRepo(cwd)).project;
}
