import { HIGH_MS } from '../audit/recommend.ts';
import { type Basis, ownerOf, type Proposal } from './proposal.ts';

/** Events that come again and again, and whose hooks report what they see: none of them is there to refuse something in time. */
const again = new Set(['PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'Stop', 'SubagentStop', 'Notification']);

/** For slow hooks of which no rule says anything: they need not run each time. A hook that refuses something must. */
export function cooldowns({ audit, hooks, floor_ms }: Basis, known: readonly Proposal[]): Proposal[] {
  const saved = new Set(known.flatMap(({ left }) => [...(left?.keys() ?? [])]));
  return audit.hooks
    .filter(
      ({ id, event, wall_ms, outcomes, async }) =>
        again.has(event) && !async && (wall_ms ?? 0) >= HIGH_MS && !saved.has(id) && !outcomes.includes('blocked'),
    )
    .map(({ id }) => {
      const hook = hooks.find((one) => one.id === id)!;
      return {
        rule: 'cooldown',
        title: `${ownerOf(hook)}: skip it if it ran a moment ago`,
        hooks: [id],
        files: [hook.file],
        action: 'Keep the time of the last run in a file, and leave at once if that is less than 5 minutes ago.',
        effort: 15,
        left: new Map([[id, floor_ms]]),
        shown: 'usual' as const,
      };
    });
}
