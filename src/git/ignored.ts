import { tmpdir } from 'node:os';
import { remove, temporaryDir } from '../core/fs.ts';
import { fields, git, output, type Place, tryGit } from './git.ts';
import { withOwnIndex } from './temporary-index.ts';

/**
 * Those of the paths that the `.gitignore` files of a tree ignore (together with the user's own exclude files), whatever
 * the work tree's rules are by now. The old rules are laid out in a folder of their own for git to read.
 */
export async function ignoredBy(repo: Place, tree: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const dir = temporaryDir(tmpdir(), 'perf-gate-rules-');
  try {
    return await withOwnIndex(async (index) => {
      const place = { root: dir, gitDir: repo.gitDir };
      const rules = fields(await git(repo, ['ls-tree', '-r', '-z', '--full-tree', tree])).filter((entry) =>
        /[\t/]\.gitignore$/.test(entry),
      );
      const entries = rules.map((entry) => `${entry}\0`).join('');
      await git(place, ['update-index', '-z', '--index-info'], { env: index, input: entries });
      await git(place, ['checkout-index', '--all'], { env: index });
      const args = ['check-ignore', '--no-index', '-z', '--stdin'];
      // This command knows no literal pathspecs; behind `./` a name is never taken for magic.
      const env = { ...index, GIT_LITERAL_PATHSPECS: '0' };
      const asked = await tryGit(place, args, { env, input: paths.map((p) => `./${p}\0`).join('') });
      return new Set(fields(asked.exitCode === 1 ? '' : output(args, asked)).map((path) => path.slice(2)));
    });
  } finally {
    remove(dir);
  }
}
