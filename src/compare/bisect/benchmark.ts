import { matchesProtected } from '../../contract/protects.ts';
import { changes, changesInProject } from '../../git/changes.ts';
import { treeWith } from '../../git/index-files.ts';
import type { Repo } from '../../git/repo.ts';
import { withUntracked } from '../untracked.ts';

/**
 * The tree that all commits of a line have their protected files from: the good commit, with those that only the bad one has, and those that
 * nobody committed. So a benchmark that is younger than a commit measures it, too.
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
  const tree = await treeWith(repo, good, younger);
  return (await withUntracked(repo, { base: tree, head: tree }, patterns)).base;
}
