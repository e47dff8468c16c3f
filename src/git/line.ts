import { failure } from '../core/errors.ts';
import { git, type Place, tryGit } from './git.ts';
import { findCommit, isAncestor } from './repo.ts';

/**
 * The commits from `good` (first) to `bad` (last) along first parents. A merge stands for all commits that it brought in. `good` and `bad`
 * are full ids.
 * @throws not_in_line: `good` is not an ancestor of `bad`, or both are the same commit
 */
export async function lineOfCommits(repo: Place, good: string, bad: string): Promise<string[]> {
  if (good === bad || !(await isAncestor(repo, good, bad)))
    throw failure('not_in_line', { good, bad, swapped: await isAncestor(repo, bad, good) });
  const range = ['--first-parent', '--reverse', `${good}..${bad}`];
  const commits = (await git(repo, ['rev-list', ...range])).trim().split('\n');
  return [good, ...commits];
}

/**
 * The first and the last commit of the history that a merge brought in with its second parent. Null if the commit is no merge, or if it
 * joins unrelated histories.
 */
export async function broughtBy(repo: Place, commit: string): Promise<{ good: string; bad: string } | null> {
  const bad = await findCommit(repo, `${commit}^2`);
  const parted = bad ? await tryGit(repo, ['merge-base', `${commit}^1`, bad]) : null;
  return bad && parted?.exitCode === 0 ? { good: parted.stdout.trim(), bad } : null;
}

/** The name of a commit for people, such as `1a2b3c4 Subject`. The subject is untrusted text. */
export async function namesOf(repo: Place, commits: readonly string[]): Promise<Map<string, string>> {
  const text = await git(repo, ['log', '--no-walk=unsorted', '--format=%H%x00%h %s', '-z', '--stdin'], {
    input: `${commits.join('\n')}\n`,
  });
  const fields = text.split('\0');
  return new Map(commits.map((commit) => [commit, fields[fields.indexOf(commit) + 1] ?? commit.slice(0, 10)]));
}
