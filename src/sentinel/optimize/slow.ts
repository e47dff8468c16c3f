import { join } from 'node:path';
import type { AuditedHook } from '../audit/audit.ts';
import type { Hook } from '../hook.ts';
import { type Basis, ownerOf, type Proposal } from './proposal.ts';

/** From so many ms on, a hook is too slow to be passed over because no rule knows why. */
const SLOW_MS = 50;

/** Events that come again and again, and whose hooks report what they see: none of them is there to refuse something in time. */
const again = new Set(['PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'Stop', 'SubagentStop', 'Notification']);

/** What to do about slow hooks of which no rule says what to do: they need not run each time, or somebody has to look. */
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

/** It says nothing about a single hook. */
const ofAll = 'consolidate-session-start';

/** The script of a plugin's hook, as its command names it; else the file that declares the hook. */
function scriptOf({ handler, root, file }: Hook): string {
  const [, path] =
    handler.type === 'command' ? (/\$\{?CLAUDE_PLUGIN_ROOT\}?"?\/([^\s"';|&<>()]+)/.exec(handler.command) ?? []) : [];
  return root === null || path === undefined ? file : join(root, path);
}

const maySkip = ({ event, outcomes }: AuditedHook) => again.has(event) && !outcomes.includes('blocked');

const skipping = {
  rule: 'cooldown',
  act: 'skip it if it ran a moment ago',
  action: 'Keep the time of the last run in a file, and leave at once if that is less than 5 minutes ago.',
  effort: 15,
};

const looking = {
  rule: 'slow-hook',
  act: 'find out where its time goes',
  action:
    'No rule knows why it is slow. A run profiles it, with perf where that is installed; `sentinel benchmark` shows its spread.',
  effort: 30,
};
