import { listed } from '../text.ts';

export const samplesErrors = {
  samples_missing: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The samples ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'Check the path, which is relative to the current folder.',
  },
  samples_unreadable: {
    exit: 2,
    message: (f: { file: string; expected: string; found: string; todo?: string | undefined }) =>
      `${f.file} holds no readable samples: expected ${f.expected}, found ${f.found}.`,
    hint: (f: { todo?: string | undefined }) =>
      f.todo ||
      'Pass a result file of a benchmark tool that lists every sample, a CSV file, or numbers: one per line, or a JSON array such as [12.1, 12.3].',
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
    message: (f: { file: string; key: string | undefined; known: string[]; fitting?: string[] }) =>
      f.key === undefined
        ? `${f.file} holds several benchmarks: ${listed(f.known)}.`
        : f.fitting?.length
          ? `“${f.key}” fits several benchmarks of ${f.file}: ${listed(f.fitting)}.`
          : `${f.file} holds no benchmark “${f.key}”; it holds ${listed(f.known)}.`,
    hint: () =>
      'Choose a benchmark with --key: its whole name, or the part in brackets after the name. If the candidate has another name, add --candidate-key.',
  },
  samples_too_few: {
    exit: 2,
    message: (f: { base: number; candidate: number; least: number }) =>
      `${f.base} samples of the base and ${f.candidate} of the candidate are too few to judge: at least ${f.least} of each are needed.`,
    hint: () =>
      'Measure more samples of base and candidate. A metric without noise needs fewer: mark it `deterministic` in the contract and use `perf-gate compare`.',
  },
  samples_apart: {
    exit: 2,
    message: (f: { base: string; candidate: string; in_base: string[]; in_candidate: string[] }) =>
      `No benchmark is in both files: ${f.base} holds ${listed(f.in_base)}, and ${f.candidate} holds ${listed(f.in_candidate)}.`,
    hint: () => 'Choose one benchmark of each file: --key NAME --candidate-key NAME.',
  },
  samples_not_judgeable: {
    exit: 2,
    message: (f: { problem: string; todo: string }) => `These samples cannot be judged: ${f.problem}.`,
    hint: (f: { todo: string }) => f.todo,
  },
  baseline_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string; todo?: string }) =>
      `${f.file} cannot be used as a baseline: ${f.reason}.`,
    hint: (f: { todo?: string }) =>
      f.todo ??
      'Pass a baseline that `perf-gate compare BASE HEAD --contract FILE --save FILE` wrote, or results of a benchmark tool that list every sample.',
  },
  baseline_of_other_contract: {
    exit: 2,
    message: (f: { commit: string; saved: string; now: string }) =>
      `The baseline of ${f.commit.slice(0, 12)} was measured under another contract: its hash is ${f.saved.slice(0, 12)}, and the hash of this contract is ${f.now.slice(0, 12)}.`,
    hint: () => 'Save a new baseline with this contract, or compare with the contract of the baseline.',
  },
} as const;
