import { failure } from '../core/errors.ts';
import { git, gitIn, output, tryGit } from './git.ts';

/**
 * Makes a repository in an empty folder from the branches and tags of a remote, with the commit `head` checked out. Only commits of
 * branches and tags are fetched. Some servers also store the commits of forks, which are not fetched.
 * @throws git_failed; not_on_remote: `base` or `head` is on no branch or tag of the remote
 */
export async function fromRemote(
  dir: string,
  remote: string,
  { base, head }: { base: string; head: string },
): Promise<void> {
  const format = head.length === 64 ? ['--object-format=sha256'] : [];
  const ask = async (...args: string[]) => output(args, await gitIn(dir, args));
  await ask('init', '--quiet', '--initial-branch=main', ...format);
  await ask(
    'fetch',
    '--quiet',
    '--no-recurse-submodules',
    '--',
    remote,
    '+refs/heads/*:refs/remotes/origin/*',
    '+refs/tags/*:refs/tags/*',
  );
  const place = { root: dir, gitDir: `${dir}/.git` };
  for (const commit of [base, head]) {
    const { exitCode } = await tryGit(place, ['cat-file', '-e', `${commit}^{commit}`]);
    if (exitCode !== 0) throw failure('not_on_remote', { commit, remote });
  }
  await git(place, ['checkout', '--quiet', '--force', '--detach', head]);
}
