export const samplesErrors = {
  samples_missing: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The samples ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'Check the path; it is taken from the current folder.',
  },
  samples_unreadable: {
    exit: 2,
    message: (f: { file: string; expected: string; found: string }) =>
      `${f.file} holds no samples that can be read: expected ${f.expected}, found ${f.found}.`,
    hint: () =>
      'Pass a JSON array of numbers such as [12.1, 12.3], an export of hyperfine or of `perf-gate measure`, or the text of `go test -bench`.',
  },
  samples_damaged: {
    exit: 3,
    message: (f: { file: string; line: number }) =>
      `Line ${f.line} of ${f.file} is not the sample that was written there.`,
    hint: () =>
      'It was changed or damaged, and nothing is judged from the rest. Restore the file from a backup, or end the run with `perf-gate abort`.',
  },
  samples_which: {
    exit: 2,
    message: (f: { file: string; key: string | undefined; known: string[] }) =>
      f.key === undefined
        ? `${f.file} holds several benchmarks: ${f.known.join(', ')}.`
        : `${f.file} holds no benchmark “${f.key}”; it has ${f.known.join(', ')}.`,
    hint: () => 'Choose one with --key NAME; --candidate-key NAME where the candidate goes by another name.',
  },
  samples_not_judgeable: {
    exit: 2,
    message: (f: { problem: string }) => `These samples cannot be judged: ${f.problem}.`,
    hint: () =>
      'Every sample must be a finite number, and positive where the threshold is in per cent; an amount (--threshold 10ms) takes any.',
  },
  baseline_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `${f.file} is not a saved baseline: ${f.reason}.`,
    hint: () => 'Save one with `perf-gate compare BASE HEAD --contract FILE --save FILE`.',
  },
  baseline_of_other_contract: {
    exit: 2,
    message: (f: { commit: string; saved: string; now: string }) =>
      `The baseline of ${f.commit.slice(0, 12)} was measured under another contract (${f.saved.slice(0, 12)}, and now ${f.now.slice(0, 12)}).`,
    hint: () => 'Save a new baseline under this contract, or compare with the contract of the baseline.',
  },
} as const;
