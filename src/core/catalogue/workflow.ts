import { indented } from '../text.ts';

export const workflowErrors = {
  workflow_invalid: {
    exit: 2,
    message: (f: { file: string; issues: string[] }) => `The workflow ${f.file} is not valid:${indented(f.issues)}`,
    hint: () => 'Mend what is named above; `perf-gate workflow --cwd /` prints the built-in one as an example.',
  },
} as const;
