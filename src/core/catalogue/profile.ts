export const profileErrors = {
  profile_unreadable: {
    exit: 2,
    message: (f: { file: string; expected: string; found: string }) =>
      `The profile ${f.file} cannot be read: expected ${f.expected}, found ${f.found}.`,
    hint: () => 'Write it again with the profiler; `node --cpu-prof script.js` writes a V8 CPU profile.',
  },
} as const;
