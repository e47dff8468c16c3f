import { join } from 'node:path';
import type { AuditedHook } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import { type Basis, ownerOf, type Proposal } from './proposal.ts';

/** A hook that takes at least this time, in ms, becomes an item of the plan, even if no rule explains why the hook is slow. */
const SLOW_MS = 50;

/** Events that occur often in a session, but too late to refuse an action. So their hooks can only report something. */
const again = new Set(['PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'Stop', 'SubagentStop', 'Notification']);

/** Proposals for hooks whose slowness no rule explains: skip repeated executions, or find the cause. */
export function slowOnes({ audit, hooks, floor_ms }: Basis, known: readonly Proposal[]): Proposal[] {
  const saved = new Set(known.flatMap(({ rule, hooks: of, left }) => (left && rule !== ofAll ? of : [])));
  return audit.hooks
    .filter(({ id, async, wall_ms }) => !async && (wall_ms ?? 0) >= SLOW_MS && !saved.has(id))
    .map((audited) => {
      const hook = hooks.find(({ id }) => id === audited.id)!;
      const { act, ...advice } = maySkip(audited) ? skipping : looking;
      return {
        ...advice,
        title: `${ownerOf(hook)}: ${act}`,
        hooks: [hook.id],
        files: [scriptOf(hook)],
        left: new Map([[hook.id, floor_ms]]),
        endless_ms: null,
        shown: 'usual' as const,
      };
    });
}

/** This rule concerns several hooks together, so it does not explain why a single hook is slow. */
const ofAll = 'consolidate-session-start';

/** The script of a plugin's hook, as the hook's command names it. Without a script, the file that declares the hook. */
function scriptOf({ handler, root, file }: Hook): string {
  const [, path] =
    handler.type === 'command' ? (/\$\{?CLAUDE_PLUGIN_ROOT\}?"?\/([^\s"';|&<>()]+)/.exec(handler.command) ?? []) : [];
  return root === null || path === undefined ? file : join(root, path);
}

const maySkip = ({ event, outcomes }: AuditedHook) => again.has(event) && !outcomes.includes('blocked');

const skipping = {
  rule: 'cooldown',
  act: 'skip the hook if it ran recently',
  action: 'Store the time of the last execution in a file, and exit at once if that time is less than 5 minutes ago.',
  effort: 15,
};

const looking = {
  rule: 'slow-hook',
  act: 'find out why the hook is slow',
  action:
    'No rule explains why the hook is slow. An optimization run profiles the hook, with perf if perf is installed. `sentinel benchmark` shows how the hook’s times vary.',
  effort: 30,
};
