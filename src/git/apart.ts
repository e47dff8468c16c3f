/** In what a folder that is measured may differ from a fresh clone of the commit, by a git without settings of its own. */
export const apartKinds = [
  /** Files that git ignores. */
  'ignored',
  /** Files that git does not track: the commit is without them. */
  'untracked',
  /** Such files that the attempt itself changed. */
  'untracked_changed',
  /** Files of repositories inside of this one, of which no commit tells. */
  'repository',
  /** Submodules: a clone has them only if it is told to. */
  'submodule',
  /** Tracked files with edits that are not part of the commit. */
  'edited',
  /** Files of the commit that the folder does not hold, or holds as something else. */
  'missing',
  /** Files that Git LFS stores. */
  'lfs',
  /** Files that a filter writes which settings outside of the tree define. */
  'filter',
  /** Files with other bytes for another reason: line ends, encodings, the executable bit, where a link leads. */
  'bytes',
] as const;
export type ApartKind = (typeof apartKinds)[number];

/** `count` files; `paths` names the first of them, and a folder (`node_modules/`) for all that is in it. Relative to git's top level. */
export type Apart = { what: ApartKind; paths: string[]; count: number };
