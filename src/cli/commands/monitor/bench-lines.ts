import { firstParents } from '../../../git/history.ts';
import { openRepo, type Repo } from '../../../git/repo.ts';
import { type BenchLine, benchLines } from '../../../monitor/analytics/by-commit.ts';
import { type BenchPoint, benchIn } from '../../../monitor/store/bench.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Tools } from '../../terminal/tools.ts';
import { projectName } from '../record.ts';

/** What git says about the order of commits, where a whole repository is at hand. */
export type History = { project: string; order: string[] } | null;

export async function historyAt({ cwd }: Pick<Tools, 'cwd'>): Promise<History> {
  const repo: Repo | null = await openRepo(cwd).catch(() => null);
  const project = repo && (await projectName(repo).catch(() => null));
  return repo && project !== null ? { project: project.split(' ')[0]!, order: await firstParents(repo) } : null;
}

/** The series with `part` in their name or metric: those of this repository in git's order, the others by the times of their commits. */
export function linesIn(db: Database, part: string, history: History): BenchLine[] {
  const points = benchIn(db).filter(({ name, metric }) => `${name} ${metric}`.includes(part));
  const here = ({ project }: BenchPoint) => history !== null && project.startsWith(history.project);
  return [
    ...benchLines(points.filter(here), history?.order ?? null),
    ...benchLines(
      points.filter((point) => !here(point)),
      null,
    ),
  ];
}
