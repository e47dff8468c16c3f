import { indented } from '../text.ts';

export const sentinelInputErrors = {
  hook_input_invalid: {
    exit: 2,
    message: (f: { file: string; issues: readonly string[] }) =>
      `The input for hooks ${f.file} is not valid:${indented(f.issues)}`,
    hint: () => 'Correct the issues named above, or remove the file. `sentinel/inputs/` of the package has examples.',
  },
} as const;
