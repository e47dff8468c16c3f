import { count } from '../core/text.ts';
import type { Apart } from '../git/apart.ts';

const sentences: { [What in Apart['what']]: (files: string) => string } = {
  ignored: (files) => `both arms hold ${files} that git ignores and a fresh clone does not have`,
  untracked: (files) => `both arms hold ${files} that git does not track and the commit does not have`,
  untracked_changed: (files) =>
    `the change also touches ${files} that git does not track: the commit does not contain them, and the gain may come from them`,
  repository: (files) =>
    `both arms hold ${files} that belong to other repositories inside this one; no commit contains these files`,
  submodule: (files) => `both arms hold ${files} of submodules, which only \`git clone --recurse-submodules\` fetches`,
  edited: (files) => `both arms hold edits that the commit does not contain, in ${files}`,
  missing: (files) => `both arms lack ${files} of the commit, or hold something else at their paths`,
  lfs: (files) => `a clone without Git LFS holds only the pointers of ${files}`,
  filter: (files) =>
    `a git filter writes ${files}, but the commit does not configure this filter: a fresh clone holds other bytes`,
  bytes: (files) =>
    `both arms hold ${files} with other content than a fresh clone (line ends, encoding, mode, or a link)`,
};

/** Sentences that say how the measured copies differ from a fresh clone of the commit. Each type of difference has its own sentence. */
export const notInAClone = (apart: readonly Apart[] = []): string[] => apart.map(apartText);

export const apartText = ({ what, paths, count: n }: Apart): string =>
  `${sentences[what](count(n, 'file'))}: ${named(paths, n)}`;

/**
 * The paths as a list, which ends with `…` if some of the files are not named. A list with a folder never ends with `…`, because a folder
 * stands for many files.
 */
function named(paths: readonly string[], n: number): string {
  const cut = n > paths.length && !paths.some((path) => path.endsWith('/'));
  return `${paths.join(', ')}${cut ? ', …' : ''}`;
}
