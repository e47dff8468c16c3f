/** The possible differences between a measured folder and a fresh clone of the commit. The clone is made without any git settings. */
export const apartKinds = [
  /** Files that git ignores. */
  'ignored',
  /** Files that the commit lacks because git does not track them. */
  'untracked',
  /** Untracked files that the attempt itself changed. */
  'untracked_changed',
  /** Files of nested repositories, which no commit of this repository mentions. */
  'repository',
  /** Submodules, which a clone has only with `--recurse-submodules`. */
  'submodule',
  /** Tracked files with edits that are not part of the commit. */
  'edited',
  /** Files of the commit that are missing in the folder, or have another type there. */
  'missing',
  /** Files whose content is stored by Git LFS. */
  'lfs',
  /** Files that a git filter writes. The filter is defined by settings outside the tree, so a clone lacks it. */
  'filter',
  /** Files that differ for another reason: line ends, encodings, the executable bit, or the target of a link. */
  'bytes',
] as const;
export type ApartKind = (typeof apartKinds)[number];

/**
 * The differences of one kind. `count`: the number of files that differ. `paths`: the first of these files. A folder (`node_modules/`)
 * stands for all its files. Paths are relative to git's top level.
 */
export type Apart = { what: ApartKind; paths: string[]; count: number };
