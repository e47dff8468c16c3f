import type { Frequencies } from '../../sentinel/optimize/frequencies.ts';
import type { Database } from '../store/driver.ts';
import { daysIn, type Span } from '../store/read.ts';

/** The hook events that occur for each tool call. */
const ofTool = ['PreToolUse', 'PostToolUse'] as const;
/** The hook events that occur for each turn. */
const ofTurn = ['UserPromptSubmit', 'Stop'] as const;

/**
 * How often each hook event occurred, per day. Only days with sessions count. Hook events are recorded only if hooks are registered for
 * them. Therefore tool calls and turns also count as occurrences of their hook events. Returns null if nothing was recorded.
 */
export function frequenciesIn(db: Database, span: Span): Frequencies | null {
  const rows = daysIn(db, span, { kinds: ['hook_event', 'tool', 'turn'], metric: 'duration_ms' });
  const days = new Set(rows.map(({ day }) => day)).size;
  if (days === 0) return null;
  const counts = new Map<string, { event: string; matched: string | null; n: number }>();
  const raise = (from: ReadonlyMap<string, number>) => {
    for (const [name, n] of from) {
      const [event = '', matched = null] = name.split(/:(.*)/s);
      if (n > (counts.get(name)?.n ?? 0)) counts.set(name, { event, matched, n });
    }
  };
  const sums = (kind: string, namesOf: (name: string) => readonly string[]) => {
    const found = new Map<string, number>();
    for (const row of rows)
      if (row.kind === kind) for (const name of namesOf(row.name)) found.set(name, (found.get(name) ?? 0) + row.n);
    return found;
  };
  raise(sums('hook_event', (name) => [name]));
  raise(sums('tool', (name) => ofTool.map((event) => `${event}:${name}`)));
  raise(sums('turn', () => ofTurn));
  const perDay = [...counts.values()].map(({ event, matched, n }) => ({ event, matched, per_day: n / days }));
  return { from: 'monitor', days, everywhere: perDay, here: perDay };
}
