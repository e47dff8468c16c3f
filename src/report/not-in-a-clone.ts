import { count } from '../core/text.ts';
import type { Apart } from '../git/apart.ts';

const sentences: { [What in Apart['what']]: (files: string) => string } = {
  ignored: (files) => `both arms hold ${files} that git ignores and a fresh clone does not have`,
  untracked: (files) => `both arms hold ${files} that git does not track and the commit does not have`,
  untracked_changed: (files) =>
    `the change also touches ${files} that git does not track: the commit does not contain them, and the gain may come from them`,
  repository: (files) => `both arms hold ${files} of other repositories inside this one, which no commit contains`,
  submodule: (files) => `both arms hold ${files} of submodules, which only \`git clone --recurse-submodules\` fetches`,
  edited: (files) => `both arms hold edits that the commit does not contain, in ${files}`,
  missing: (files) => `both arms lack ${files} of the commit, or hold something else at their paths`,
  lfs: (files) => `a clone without Git LFS holds only the pointers of ${files}`,
  filter: (files) =>
    `a git filter writes ${files}, but the commit does not configure this filter: a fresh clone holds other bytes`,
  bytes: (files) =>
    `both arms hold ${files} with other content than a fresh clone (line ends, encoding, mode, or a link)`,
};

/** Sentences about differences between the measured copies and a fresh clone of the commit, one for each type of difference. */
export const notInAClone = (apart: readonly Apart[] = []): string[] => apart.map(apartText);

export const apartText = ({ what, paths, count: n }: Apart): string =>
  `${sentences[what](count(n, 'file'))}: ${named(paths, n)}`;

/** An incomplete list of files ends with `…`. A list with a folder has no `…`, because a folder already stands for many files. */
function named(paths: readonly string[], n: number): string {
  const cut = n > paths.length && !paths.some((path) => path.endsWith('/'));
  return `${paths.join(', ')}${cut ? ', …' : ''}`;
}
