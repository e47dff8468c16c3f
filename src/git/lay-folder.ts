import { makeDir } from '../core/fs.ts';
import { git, type Place, tryGit } from './git.ts';
import { withOwnIndex } from './index-files.ts';

/**
 * Writes a folder of a commit below the path `to`, through git's filters. The work tree stays as it is. `folder` is a path relative to
 * git's top level. An empty string stands for all files. Returns false if the commit has no such folder.
 */
export async function layFolderOf(repo: Place, f: { commit: string; folder: string }, to: string): Promise<boolean> {
  const asked = await tryGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${f.commit}:${f.folder}`]);
  const tree = asked.stdout.trim();
  if (asked.exitCode !== 0 || (await git(repo, ['cat-file', '-t', tree])).trim() !== 'tree') return false;
  makeDir(to);
  await withOwnIndex(async (env) => {
    await git(repo, ['read-tree', tree], { env });
    await git(repo, ['checkout-index', '--all', `--prefix=${to}/`], { env });
  });
  return true;
}
