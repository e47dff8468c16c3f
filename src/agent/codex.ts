import { type Adapter, eventsOf, textOf } from './adapter.ts';

type Failure = { message?: unknown };

/**
 * Codex. The sandbox of Codex allows edits only inside the project, and no network. Time is the only limit that perf-gate can set for
 * Codex.
 */
export const codex: Adapter = {
  program: 'codex',
  marks: ['CODEX_SANDBOX', 'CODEX_SANDBOX_NETWORK_DISABLED', 'CODEX_THREAD_ID', 'CODEX_CI'],
  install: 'Install the Codex CLI, and log in once: https://developers.openai.com/codex/cli',
  args: ({ model }) => ['exec', '--json', '--sandbox', 'workspace-write', ...(model ? ['--model', model] : []), '-'],
  read(transcript) {
    const events = eventsOf(transcript);
    const failed = events.findLast((e) => e.type === 'turn.failed');
    return {
      turns: events.filter((e) => e.type === 'turn.completed').length,
      cost_usd: null,
      limit: null,
      error: failed ? (textOf((failed.error as Failure | undefined)?.message) ?? 'its turn failed') : null,
    };
  },
};
