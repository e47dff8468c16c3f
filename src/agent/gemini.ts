import { type Adapter, eventsOf, textOf } from './adapter.ts';

type Failure = { message?: unknown };

/** The exit code of the client if it reached the limit of turns in its own settings. */
const TURN_LIMIT = 53;

/** Gemini CLI: the agent may edit files, but must run no shell commands. Time is the only limit that perf-gate can set. */
export const gemini: Adapter = {
  program: 'gemini',
  marks: ['GEMINI_CLI'],
  install: 'Install the Gemini CLI, and log in once: https://geminicli.com',
  args: ({ model }) => [
    ...['--output-format', 'stream-json', '--approval-mode', 'auto_edit'],
    ...(model ? ['--model', model] : []),
  ],
  read(transcript, exitCode) {
    const result = eventsOf(transcript).findLast((e) => e.type === 'result');
    return {
      turns: null,
      cost_usd: null,
      limit: exitCode === TURN_LIMIT ? 'turns in Gemini’s own settings' : null,
      error:
        result?.status === 'error' ? (textOf((result.error as Failure | undefined)?.message) ?? 'it failed') : null,
    };
  },
};
