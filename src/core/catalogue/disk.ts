export const diskErrors = {
  no_space: {
    exit: 3,
    message: (f: { path: string; needed_mb: number; free_mb: number; largest: string }) =>
      `There is not enough disk space at ${f.path}: ${f.needed_mb} MB needed, ${f.free_mb} MB free. The largest part is ${f.largest}.`,
    hint: () =>
      'Free some space, set XDG_CACHE_HOME to a folder on a larger disk, or copy only tracked files (`isolation: worktree`). Then run `perf-gate resume`.',
  },
  disk_full: {
    exit: 3,
    message: (f: { path: string }) => `The disk is full: ${f.path} cannot be written.`,
    hint: () => 'Free some space. Then `perf-gate resume` continues where it stopped.',
  },
  not_a_folder: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} cannot be used: it is a file, but perf-gate needs a folder there.`,
    hint: () => 'Choose another path.',
  },
  no_access: {
    exit: 3,
    message: (f: { path: string; reason: string }) => `${f.path} cannot be used: ${f.reason}.`,
    hint: () =>
      'Restore the permissions, or mount the disk for writing. Then `perf-gate resume` continues where it stopped.',
  },
} as const;
