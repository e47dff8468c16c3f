export const trustErrors = {
  leads_elsewhere: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} is a symbolic link: what is written there would go elsewhere.`,
    hint: () => 'perf-gate writes into its own folder only. Remove the link, or put a folder in its place.',
  },
} as const;
