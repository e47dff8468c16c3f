export const trustErrors = {
  leads_elsewhere: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} is a symbolic link: what is written there would go elsewhere.`,
    hint: () => 'perf-gate writes into its own folder only. Remove the link, or put a folder in its place.',
  },
  frozen_changed: {
    exit: 3,
    message: (f: { path: string }) =>
      `The copy of the project that both arms are made from was changed after it was made: ${f.path}`,
    hint: () =>
      'No command of the run has a reason to write there. Look at what did, then `perf-gate abort` and start again.',
  },
  arms_disturbed: {
    exit: 3,
    message: (f: { what: string }) => `The copies of the project are disturbed before anything was changed: ${f.what}.`,
    hint: () =>
      'A daemon that `setup` or `build` leaves running may be it: let them end it, so that the runs are alike.',
  },
} as const;
