import { matchesProtected } from '../../contract/protects.ts';
import { changes, changesInProject } from '../../git/changes.ts';
import { treeWith } from '../../git/index-files.ts';
import type { Repo } from '../../git/repo.ts';
import { withUntracked } from '../untracked.ts';

/**
 * The tree from which all commits get their protected files. It has the good commit's files, files that only the bad commit has, and
 * untracked files. A benchmark that a later commit added therefore also runs in the earlier commits, which do not contain it.
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
