import { firstCommit, firstParents } from '../../git/history.ts';
import { repoOrNull } from '../../git/repo.ts';
import { type BenchPoint, benchIn } from '../store/bench.ts';
import type { Database } from '../store/driver.ts';
import { type BenchLine, benchLines } from './by-commit.ts';

/**
 * The commits of a repository in git's order. `project`: the hash of the first commit, which identifies the repository. The history is null
 * outside of a repository and in a shallow clone.
 */
export type History = { project: string; order: string[] } | null;

/** @throws the errors of `openRepo`, except `not_a_repository` */
export async function historyAt({ cwd }: { cwd: string }): Promise<History> {
  const repo = await repoOrNull(cwd);
  const project = repo && (await firstCommit(repo));
  return repo && project !== null ? { project, order: await firstParents(repo) } : null;
}

/**
 * The series of benchmarks that match `part`. The name, the metric, or the first eight digits of the contract's hash must contain `part`.
 * The commits of this repository are in git's order; the commits of other repositories are ordered by commit time.
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

/** Returns a function that recognises the measurements of this repository. */
export const isOf =
  (history: History) =>
  ({ project }: Pick<BenchPoint, 'project'>): boolean =>
    history !== null && project.startsWith(`${history.project} `);
