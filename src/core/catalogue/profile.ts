export const profileErrors = {
  profile_unreadable: {
    exit: 2,
    message: (f: { file: string; expected: string; found: string; hint?: string | undefined }) =>
      `The profile ${f.file} cannot be read: expected ${f.expected}, found ${f.found}.`,
    hint: (f: { hint?: string | undefined }) =>
      f.hint ??
      'Make the profile again. docs/profile-formats.md lists the formats that perf-gate reads, and the tools that write them.',
  },
  profile_value: {
    exit: 2,
    message: (f: { file: string; value: string; has: readonly string[] }) =>
      f.has.length === 0
        ? `The profile ${f.file} holds only one kind of value, so “${f.value}” cannot be chosen.`
        : `The profile ${f.file} holds no kind of value “${f.value}”; it holds ${f.has.join(', ')}.`,
    hint: (f: { has: readonly string[] }) =>
      f.has.length === 0
        ? 'Leave --value out, or remove `value` from the contract’s profiler.'
        : 'Name one of these values with --value NAME, or as `value` of the contract’s profiler.',
  },
  profiler_failed: {
    exit: 3,
    message: (f: { tool: string; reason: string; output: string }) =>
      `The profiler failed (${f.tool}): ${f.reason}${f.output ? `\n${f.output}` : ''}`,
    hint: () => 'Run the command without the profiler first, or choose another profiler with --tool.',
  },
  no_profile: {
    exit: 2,
    message: (f: { run: string }) => `The run ${f.run} has no readable profile.`,
    hint: () => 'Name a profile or a file of spans: perf-gate plan profile.cpuprofile.',
  },
} as const;
