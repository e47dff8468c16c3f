export const runErrors = {
  usage: {
    exit: 2,
    message: (f: { problem: string; hint: string }) => f.problem,
    hint: (f: { problem: string; hint: string }) => f.hint,
  },
} as const;
