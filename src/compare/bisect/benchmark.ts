import { matchesProtected } from '../../contract/protects.ts';
import { changes, changesInProject } from '../../git/changes.ts';
import { treeWith } from '../../git/index-files.ts';
import type { Repo } from '../../git/repo.ts';

/**
 * The tree that all commits of a line have their protected files from: the good commit, with those that only the bad one has. So a benchmark
 * that was committed later measures the commits before it, too.
 */
export async function benchmarkTree(
  repo: Repo,
  { good, bad, patterns }: { good: string; bad: string; patterns: string[] },
): Promise<string> {
  const isProtected = (path: string) =>
    changesInProject(repo, [{ path }]).some((inside) => matchesProtected([inside.path], patterns).length > 0);
  const younger = (await changes(repo, good, bad)).filter(
    ({ status, path }) => status === 'added' && isProtected(path),
  );
  return treeWith(repo, good, younger);
}
