export const pullRequestErrors = {
  event_unusable: {
    exit: 2,
    message: (f: { file: string; problem: string }) =>
      `The event ${f.file} names no pull request to write to: ${f.problem}.`,
    hint: () =>
      'Pass the file that GITHUB_EVENT_PATH names, in a workflow on `pull_request` or `workflow_run` (docs/pull-requests.md).',
  },
  result_refused: {
    exit: 2,
    message: (f: { problem: string }) =>
      `The result of the pull request is refused: ${f.problem}. Nothing was written.`,
    hint: () =>
      'A pull request can forge any result. Check the files that its job uploaded, and its changes in .github/workflows (docs/pull-requests.md).',
  },
  github_refused: {
    exit: 3,
    message: (f: { request: string; problem: string }) => `GitHub did not answer ${f.request}: ${f.problem}.`,
    hint: () =>
      'GITHUB_TOKEN needs the permissions `pull-requests: write` and `checks: write`; for a pull request from a fork, only `workflow_run` gives these permissions (docs/pull-requests.md).',
  },
} as const;
