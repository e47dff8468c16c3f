import { indented } from '../text.ts';

export const contractErrors = {
  contract_is_suite: {
    exit: 2,
    message: (f: { file: string }) =>
      `The contract in ${f.file} is a suite of benchmarks, and only \`compare\` judges a suite.`,
    hint: () =>
      'Judge the suite with `perf-gate compare BASE HEAD --contract FILE`. `bisect` takes one benchmark of a suite (--benchmark NAME). Every other command needs a contract with one metric.',
  },
  contract_missing: {
    exit: 2,
    message: (f: { file: string }) => `The contract file ${f.file} cannot be read.`,
    hint: () => 'Check the path. `perf-gate schema` prints the fields of a contract.',
  },
  contract_invalid: {
    exit: 2,
    message: (f: { file: string; issues: string[] }) => `The contract ${f.file} is not valid:${indented(f.issues)}`,
    hint: () => 'Correct the lines named above. `perf-gate schema` prints the JSON schema for your editor.',
  },
  secrets_missing: {
    exit: 2,
    message: (f: { file: string }) => `The contract names the secrets file ${f.file}, which cannot be read.`,
    hint: () =>
      'Create this file with lines NAME=value (and keep the file out of git), or remove `secrets_file` from the contract.',
  },
} as const;
