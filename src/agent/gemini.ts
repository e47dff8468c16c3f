import { type Adapter, eventsOf, textOf } from './adapter.ts';

type Failure = { message?: unknown };

/** The exit code of the client for its own limit of turns, which its settings hold. */
const TURN_LIMIT = 53;

/** Gemini CLI: edits are allowed, shell commands are not. It knows no budget on its command line but time. */
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
      limit: exitCode === TURN_LIMIT ? 'turns (of its own settings)' : null,
      error:
        result?.status === 'error' ? (textOf((result.error as Failure | undefined)?.message) ?? 'it failed') : null,
    };
  },
};
