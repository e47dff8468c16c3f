import { git, type Place, tryGit } from './git.ts';

/** A commit's committer date (ms since 1970) and first parent. */
export async function commitFacts(
  repo: Place,
  commit: string,
): Promise<{ id: string; time: number; parent: string | null }> {
  const text = await git(repo, ['show', '--no-patch', '--format=%ct %P', '--end-of-options', commit]);
  const [time = '0', parent = ''] = text.trim().split(' ');
  return { id: commit, time: 1000 * Number(time), parent: parent || null };
}

/** HEAD and its ancestors along first parents, oldest first. */
export const firstParents = async (repo: Place): Promise<string[]> =>
  (await git(repo, ['rev-list', '--first-parent', '--reverse', 'HEAD'])).trim().split('\n');

/**
 * The oldest commit along first parents, which identifies the repository in every clone. Null in a shallow clone, because a shallow clone
 * lacks that commit.
 */
export async function firstCommit(repo: Place): Promise<string | null> {
  const shallow = await tryGit(repo, ['rev-parse', '--is-shallow-repository']);
  return shallow.stdout.trim() === 'false' ? ((await firstParents(repo))[0] ?? null) : null;
}
