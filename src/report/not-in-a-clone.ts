import { count } from '../core/text.ts';
import type { Apart } from '../git/apart.ts';

const sentences: { [What in Apart['what']]: (files: string) => string } = {
  ignored: (files) => `both copies hold ${files} that git ignores and a fresh clone does not have`,
  untracked: (files) => `both copies hold ${files} that git does not track and the commit does not have`,
  untracked_changed: (files) =>
    `the change is not whole in the commit: it touches ${files} that git does not track, and the gain may come from there`,
  repository: (files) => `both copies hold ${files} of other repositories inside of this one, which no commit names`,
  submodule: (files) => `both copies hold ${files} of submodules, which a clone has only if it is told to`,
  edited: (files) => `both copies hold edits of ${files} that are not part of the commit`,
  missing: (files) => `both copies lack ${files} of the commit, or hold something else there`,
  lfs: (files) => `a clone without Git LFS holds only the pointers of ${files}`,
  filter: (files) =>
    `a filter that is set outside of the commit writes ${files}: a fresh clone without it holds other bytes`,
  bytes: (files) =>
    `both copies hold ${files} otherwise than a fresh clone would (line ends, encoding, mode, or a link)`,
};

/** What was measured and a fresh clone of the commit does not have: a sentence for each kind. */
export const notInAClone = (apart: readonly Apart[] = []): string[] => apart.map(apartText);

export const apartText = ({ what, paths, count: n }: Apart): string =>
  `${sentences[what](count(n, 'file'))}: ${named(paths, n)}`;

/** Folders stand for many files, so that only a list of files can be cut short. */
function named(paths: readonly string[], n: number): string {
  const cut = n > paths.length && !paths.some((path) => path.endsWith('/'));
  return `${paths.join(', ')}${cut ? ', …' : ''}`;
}
