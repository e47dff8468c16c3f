import type { AuditedEvent, AuditedHook } from '../audit/audit.ts';
import { type Estimate, estimateOf } from './interval.ts';
import { type Left, waitWith } from './left.ts';

/** A wait of a user in ms: the present wait, and the shortest possible wait after all changes. */
export type Wait = { name: string; events: readonly string[]; now_ms: Estimate; then_ms: Estimate; saved_pct: number };

const names: Readonly<Record<string, string>> = {
  SessionStart: 'Session startup',
  UserPromptSubmit: 'Prompt',
  Stop: 'Turn end',
};

/** The waits for the measured sets of hooks. The wait for a tool call is the sum of the waits for its PreToolUse and PostToolUse events. */
export function waitsWith(events: readonly AuditedEvent[], hooks: readonly AuditedHook[], left: Left): Wait[] {
  const waited = new Set(hooks.filter(({ async }) => !async).map(({ id }) => id));
  const groups = new Map<string, AuditedEvent[]>();
  for (const set of events.filter(({ runs }) => runs.length > 0))
    groups.set(nameOf(set), [...(groups.get(nameOf(set)) ?? []), set]);
  return [...groups].map(([name, sets]) => waitOf(name, sets, { waited, left }));
}

function nameOf({ event, matched }: AuditedEvent): string {
  if (matched !== null && /^(Pre|Post)ToolUse$/.test(event)) return `${matched} cycle`;
  const name = names[event] ?? event;
  return matched === null || matched === 'startup' ? name : `${name} (${matched})`;
}

function waitOf(name: string, sets: readonly AuditedEvent[], of: { waited: ReadonlySet<string>; left: Left }): Wait {
  const rounds = Math.min(...sets.map(({ runs }) => runs.length));
  const all = (left: Left) =>
    Array.from({ length: rounds }, (_, round) =>
      sets.reduce((sum, { runs }) => sum + waitWith(runs[round]!, of.waited, left), 0),
    );
  const [now_ms, then_ms] = [estimateOf(all(new Map())), estimateOf(all(of.left))];
  const saved_pct = now_ms.value > 0 ? (100 * (now_ms.value - then_ms.value)) / now_ms.value : 0;
  return { name, events: sets.map(({ event }) => event), now_ms, then_ms, saved_pct };
}
