export const samplesErrors = {
  samples_missing: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The samples ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'Check the path, which is relative to the current folder.',
  },
  samples_unreadable: {
    exit: 2,
    message: (f: { file: string; expected: string; found: string }) =>
      `${f.file} holds no readable samples: expected ${f.expected}, found ${f.found}.`,
    hint: () =>
      'Pass a JSON array of numbers such as [12.1, 12.3], an export of hyperfine or of `perf-gate measure`, or the text of `go test -bench`.',
  },
  samples_damaged: {
    exit: 3,
    message: (f: { file: string; line: number }) =>
      `The sample in line ${f.line} of ${f.file} is not the one that was recorded.`,
    hint: () =>
      'The line was changed or damaged, so the session cannot be judged. Restore the file from a backup, or end the run with `perf-gate abort`.',
  },
  samples_which: {
    exit: 2,
    message: (f: { file: string; key: string | undefined; known: string[] }) =>
      f.key === undefined
        ? `${f.file} holds several benchmarks: ${f.known.join(', ')}.`
        : `${f.file} holds no benchmark “${f.key}”; it holds ${f.known.join(', ')}.`,
    hint: () => 'Choose one with --key NAME. If the candidate has another name, add --candidate-key NAME.',
  },
  samples_not_judgeable: {
    exit: 2,
    message: (f: { problem: string }) => `These samples cannot be judged: ${f.problem}.`,
    hint: () =>
      'Every sample must be a finite number. A threshold in per cent also needs positive samples; an amount (--threshold 10ms) does not.',
  },
  baseline_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `${f.file} is not a saved baseline: ${f.reason}.`,
    hint: () => 'Save one with `perf-gate compare BASE HEAD --contract FILE --save FILE`.',
  },
  baseline_of_other_contract: {
    exit: 2,
    message: (f: { commit: string; saved: string; now: string }) =>
      `The baseline of ${f.commit.slice(0, 12)} was measured under the contract ${f.saved.slice(0, 12)}, and this contract is ${f.now.slice(0, 12)}.`,
    hint: () => 'Save a new baseline under this contract, or compare under the contract of the baseline.',
  },
} as const;
