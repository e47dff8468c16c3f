import { type Adapter, eventsOf, numberOf, textOf } from './adapter.ts';

/** Matches commands without parentheses, commas, quotes and wildcards. The client's permission rules take such commands literally. */
const PLAIN = /^[\w@%+=:./ -]+$/;
/** Matches path patterns without parentheses, commas, quotes and brackets. The client's permission rules understand such patterns. */
const GLOB = /^[\w@%+=:./*-]+$/;

/** Patterns of the files in `.perf-gate` that only perf-gate may write. The patterns do not match the drafts. */
const ours = ['.perf-gate/*.yaml', '.perf-gate/runs/**', '.perf-gate/local/*.json'];

const limits: Record<string, string> = {
  error_max_turns: 'turns (agent.max_turns)',
  error_max_budget_usd: 'money (agent.max_usd)',
};

/**
 * Claude Code. The agent may read every file of the project and, in the mode `acceptEdits`, edit files there. All other actions are
 * denied unless a rule allows them, because there is no person to ask.
 */
export const claude: Adapter = {
  program: 'claude',
  marks: ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID'],
  install: 'Install Claude Code, and log in once: https://code.claude.com',
  args: ({ model, max_turns, max_usd }, scope) => [
    '--print',
    ...['--output-format', 'stream-json', '--verbose'],
    ...['--max-turns', String(max_turns), '--max-budget-usd', String(max_usd)],
    ...(model ? ['--model', model] : []),
    ...['--permission-mode', scope.edits === 'project' ? 'acceptEdits' : 'default'],
    ...['--tools', 'Read', 'Grep', 'Glob', 'Edit', 'Write', 'Bash'],
    '--allowedTools',
    `Edit(${scope.draft})`,
    ...scope.commands.filter((c) => PLAIN.test(c)).map((command) => `Bash(${command})`),
    '--disallowedTools',
    ...['Bash(perf-gate *)', 'Bash(npx perf-gate *)'],
    ...[...ours, ...scope.protected.filter((p) => GLOB.test(p))].map((pattern) => `Edit(${pattern})`),
  ],
  read(transcript) {
    const result = eventsOf(transcript).findLast((event) => event.type === 'result');
    if (!result) return { turns: null, cost_usd: null, limit: null, error: null };
    const subtype = textOf(result.subtype) ?? 'no result';
    const limit = limits[subtype] ?? null;
    const failed = result.is_error === true || subtype !== 'success';
    return {
      turns: numberOf(result.num_turns),
      cost_usd: numberOf(result.total_cost_usd),
      limit,
      error: failed && !limit ? (textOf(result.result) ?? subtype) : null,
    };
  },
};
