import { firstCommit, firstParents } from '../../../git/history.ts';
import { type BenchLine, benchLines } from '../../../monitor/analytics/by-commit.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { type BenchPoint, benchIn } from '../../../monitor/store/bench.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import { openForReading } from '../../../monitor/store/open.ts';
import type { Tools } from '../../terminal/tools.ts';
import { repoOrNull } from '../record.ts';

/** What git says about the order of commits, where a whole repository is at hand. */
export type History = { project: string; order: string[] } | null;

export async function historyAt({ cwd }: Pick<Tools, 'cwd'>): Promise<History> {
  const repo = await repoOrNull(cwd);
  // A shallow clone does not know its name: its series are shown by the times of their commits.
  const first = repo && (await firstCommit(repo));
  return repo && first !== null ? { project: first, order: await firstParents(repo) } : null;
}

/** The series with `part` in their name or metric: those of this repository in git's order, the others by the times of their commits. `part` may be the first eight digits of the contract's hash. */
export function linesIn(db: Database, part: string, history: History): BenchLine[] {
  const points = benchIn(db).filter(({ name, contract, metric }) =>
    `${name} ${metric} ${contract.slice(0, 8)}`.includes(part),
  );
  const here = ({ project }: BenchPoint) => history !== null && project.startsWith(history.project);
  return [
    ...benchLines(points.filter(here), history?.order ?? null),
    ...benchLines(
      points.filter((point) => !here(point)),
      null,
    ),
  ];
}

/** Shows benchmarks of the store; there are none where nothing was ever kept. */
export async function showBenchmarks(
  tools: Tools,
  find: (db: Database) => BenchLine[],
  text: (lines: BenchLine[]) => string,
): Promise<BenchLine[]> {
  const db = await openForReading(monitorPaths(monitorHome(tools.env)).database);
  try {
    const benchmarks = db ? find(db) : [];
    tools.out(tools.json ? JSON.stringify({ benchmarks }) : text(benchmarks));
    return benchmarks;
  } finally {
    db?.close();
  }
}
