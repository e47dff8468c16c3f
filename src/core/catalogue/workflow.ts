import { indented } from '../text.ts';

export const workflowErrors = {
  workflow_invalid: {
    exit: 2,
    message: (f: { file: string; issues: string[] }) => `The workflow ${f.file} is not valid:${indented(f.issues)}`,
    hint: () =>
      'Correct the issues named above. `perf-gate workflow --cwd /` prints the built-in workflow as an example.',
  },
} as const;
