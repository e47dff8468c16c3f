import { firstCommit, firstParents } from '../../git/history.ts';
import { repoOrNull } from '../../git/repo.ts';
import { type BenchPoint, benchIn } from '../store/bench.ts';
import type { Database } from '../store/driver.ts';
import { type BenchLine, benchLines } from './by-commit.ts';

/** The order of commits in git. `project`: the first commit. Null without a repository, and in a shallow clone. */
export type History = { project: string; order: string[] } | null;

/** @throws the errors of `openRepo`, except `not_a_repository` */
export async function historyAt({ cwd }: { cwd: string }): Promise<History> {
  const repo = await repoOrNull(cwd);
  const project = repo && (await firstCommit(repo));
  return repo && project !== null ? { project, order: await firstParents(repo) } : null;
}

/**
 * The series with `part` in their name, their metric or the first eight digits of their contract. The commits of this repository are in
 * git's order, those of others in order of commit time.
 */
export function linesIn(db: Database, part: string, history: History): BenchLine[] {
  const points = benchIn(db).filter(({ name, contract, metric }) =>
    `${name} ${metric} ${contract.slice(0, 8)}`.includes(part),
  );
  return [
    ...benchLines(points.filter(isOf(history)), history?.order ?? null),
    ...benchLines(
      points.filter((point) => !isOf(history)(point)),
      null,
    ),
  ];
}

/** Whether a point belongs to this repository. */
export const isOf =
  (history: History) =>
  ({ project }: Pick<BenchPoint, 'project'>): boolean =>
    history !== null && project.startsWith(`${history.project} `);
