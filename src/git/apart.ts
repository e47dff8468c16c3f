/** The possible differences between a measured folder and a fresh clone of the commit, made by a git without settings. */
export const apartKinds = [
  /** Files that git ignores. */
  'ignored',
  /** Files that git does not track, so that the commit lacks them. */
  'untracked',
  /** Untracked files that the attempt itself changed. */
  'untracked_changed',
  /** Files of repositories inside this one, which no commit mentions. */
  'repository',
  /** Submodules: a clone has them only with `--recurse-submodules`. */
  'submodule',
  /** Tracked files with edits that are not part of the commit. */
  'edited',
  /** Files of the commit that the folder lacks, or that have another type there. */
  'missing',
  /** Files that Git LFS stores. */
  'lfs',
  /** Files written by a filter that settings outside the tree define. */
  'filter',
  /** Files that differ for another reason: line ends, encodings, the executable bit, or the target of a link. */
  'bytes',
] as const;
export type ApartKind = (typeof apartKinds)[number];

/** `count`: all such files; `paths`: the first of them, or a folder (`node_modules/`) for all its files, relative to git's top level. */
export type Apart = { what: ApartKind; paths: string[]; count: number };
