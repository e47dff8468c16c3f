import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import closest from 'fastest-levenshtein';
import { numberOf } from '../artifact/number-of.ts';
import { comparisonPaths, comparisonsDir, runPaths, runsDir } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import { unfinishedIn } from '../core/temporary-files.ts';
import type { Repo } from '../git/repo.ts';
import { glanceAt } from './glance.ts';

type Numbered = { id: string; nth: number };

/**
 * Sorts runs or comparisons by their numbers. The times in the ids do not give the order, because they have no seconds, and because a clock
 * can be set back. Runs and comparisons of old versions have no number. They come first, sorted by id.
 */
const inOrder = (found: Numbered[]): string[] =>
  found.sort((a, b) => a.nth - b.nth || (a.id < b.id ? -1 : 1)).map(({ id }) => id);

const nextAfter = (found: readonly Numbered[]): number => 1 + Math.max(0, ...found.map(({ nth }) => nth));

/**
 * The entries of a folder with their numbers. `fileOf` returns the path of the file that contains the entry's number, for example the path
 * of the run's journal.
 */
function numbered(dir: string, fileOf: (id: string) => string): Numbered[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).flatMap((id) => {
    const file = fileOf(id);
    return existsSync(file) ? [{ id, nth: numberOf(file) }] : [];
  });
}

const runs = (project: string) => numbered(runsDir(project), (id) => runPaths(project, id).journal);
const comparisons = (project: string) =>
  numbered(comparisonsDir(project), (id) => {
    const { file, suite } = comparisonPaths(project, id);
    return existsSync(suite) ? suite : file;
  });

/** The runs of a project in the order in which they began. */
export const runIds = (project: string): string[] => inOrder(runs(project));

/** The number that the next run of a project gets. */
export const nextNumber = (project: string): number => nextAfter(runs(project));

/** The comparisons of a project in the order in which their records were written. See `isSuiteRecord`. */
export const comparisonIds = (project: string): string[] => inOrder(comparisons(project));

/** The number that the next comparison of a project gets. */
export const nextComparison = (project: string): number => nextAfter(comparisons(project));

/** Folders of runs that never began. Such a folder has no journal. It is empty, or contains only half-written files of a killed process. */
export function unbegunRuns(project: string): string[] {
  const dir = runsDir(project);
  if (!existsSync(dir)) return [];
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map((folder) => folder.name)
    .filter((id) => readdirSync(join(dir, id)).length === unfinishedIn(join(dir, id)).length);
}

/** The newest run that has not ended. Undefined if all runs have ended. */
export function activeRun(project: string): { run: string; stage: string } | undefined {
  for (const id of runIds(project).reverse()) {
    const { ended, stage } = glanceAt(project, id);
    if (!ended) return { run: id, stage };
  }
  return undefined;
}

/**
 * An active run of another project in the same work tree. Two active runs in one work tree would move the same branch. Each run would
 * also measure the other run's edits, because an attempt consists of all changes in the whole tree.
 */
export async function activeElsewhere(repo: Repo): Promise<{ run: string; project: string } | undefined> {
  const { foldersOfRuns } = await import('../git/refs.ts'); // loaded only here, because git is not needed to read a run
  for (const { run, folder } of await foldersOfRuns(repo)) {
    const project = join(repo.root, folder);
    if (relative(project, repo.project) === '' || !existsSync(runPaths(project, run).journal)) continue;
    if (!glanceAt(project, run).ended) return { run, project };
  }
  return undefined;
}

/**
 * Finds the run that a command is about: the named run, else the active run, else the newest run.
 * @throws no_run, unknown_run
 * @throws run_is_comparison: the given name is that of a comparison
 */
export function chooseRun(project: string, named?: string): string {
  const ids = runIds(project);
  if (named !== undefined && !ids.includes(named) && comparisonIds(project).includes(named))
    throw failure('run_is_comparison', { comparison: named });
  if (ids.length === 0) throw failure('no_run', { project });
  if (named === undefined) return activeRun(project)?.run ?? ids.at(-1)!;
  if (!ids.includes(named)) throw failure('unknown_run', { run: named, near: closest.closest(named, ids) });
  return named;
}
