import type { Span } from './span.ts';
import type { Stretch } from './timeline.ts';

/** From a prompt until the client has done all that it asked for; ms since 1970. */
export type Turn = { from: number; to: number };

/** Turns by their prompts. What a turn does ends before the next prompt; `signs` are moments at which the client was at work. */
export function turnsOf(prompts: readonly number[], spans: readonly Span[], signs: readonly number[]): Turn[] {
  const ends = [...spans.filter((span) => !ofNoTurn.has(span.hook?.event ?? '')).map(({ to }) => to), ...signs];
  return prompts.map((from, i) => {
    const next = prompts[i + 1] ?? Number.POSITIVE_INFINITY;
    const to = ends.reduce((latest, end) => (end > latest && end < next ? end : latest), from);
    return { from, to };
  });
}

/** Events that also come while nobody waits for a turn. */
const ofNoTurn = new Set(['SessionStart', 'SessionEnd', 'Notification', 'ConfigChange', 'FileChanged', 'CwdChanged']);

/**
 * What happens outside of turns. Where a person types, the client is idle before and after each turn once it has started, which is when
 * it has loaded its plugins and run the hooks of SessionStart. Without a person it starts until the first prompt, and ends after the last turn.
 */
export function betweenTurns(
  turns: readonly Turn[],
  { from, to }: { from: number; to: number },
  { started, interactive }: { started: number; interactive: boolean },
): Stretch[] {
  const [first, last] = [turns[0]?.from ?? to, turns.at(-1)?.to ?? to];
  const begun = interactive ? Math.min(first, Math.max(from, started)) : first;
  return [
    { part: 'start_up', from, to: begun },
    { part: 'idle', from: begun, to: first },
    ...turns.slice(1).map((turn, i): Stretch => ({ part: 'idle', from: turns[i]!.to, to: turn.from })),
    { part: interactive ? 'idle' : 'shut_down', from: last, to },
  ];
}
