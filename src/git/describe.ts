import { git, type Place } from './git.ts';

/** Never a user's own diff program, colours or rename guesses: the text is recorded and compared. */
const plain = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--full-index', '-r'];

/** An id as people read it: as short as is unique in this repository. */
export async function shortId(repo: Place, commit: string): Promise<string> {
  return (await git(repo, ['rev-parse', '--short', '--verify', '--end-of-options', commit])).trim();
}

/** The table of `git diff --stat` between two trees; empty when they are the same. */
export async function diffStat(repo: Place, from: string, to: string): Promise<string> {
  const text = await git(repo, ['diff-tree', '--stat=100', ...plain, '--end-of-options', from, to]);
  return text.trimEnd();
}

/** The patch between two trees, binary contents included, so that `git apply` can use it. */
export function patch(repo: Place, from: string, to: string): Promise<string> {
  return git(repo, ['diff-tree', '--patch', '--binary', ...plain, '--end-of-options', from, to]);
}
